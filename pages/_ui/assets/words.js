// Exchanges the few texts that Streamlit itself shows. The language is the parameter "lang" of the
// address. A text node belongs to React; changing its text, not its place, leaves React undisturbed.
(() => {
  const ATTRIBUTES = ["aria-label", "title", "placeholder"];
  const source = new URL("words.json", document.currentScript.src);
  let fallback = "zh_CN";
  let chinese = new Map();
  let english = new Map();

  const language = () => new URLSearchParams(location.search).get("lang") || fallback;

  const exchange = (text, table) => {
    const found = table.get(text.trim());
    return found === undefined ? text : text.replace(text.trim(), found);
  };

  const visit = (root, table) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = exchange(node.data, table);
        if (text !== node.data) node.data = text;
        continue;
      }
      for (const name of node.attributes ? ATTRIBUTES : []) {
        const value = node.getAttribute(name);
        const text = value && exchange(value, table);
        if (text && text !== value) node.setAttribute(name, text);
      }
    }
  };

  let shown = null;
  const look = (roots) => {
    const now = language();
    if (now !== "zh_CN" && now === shown) return;
    const table = now === "zh_CN" ? chinese : english;
    document.documentElement.lang = now === "zh_CN" ? "zh-CN" : "en";
    (now === shown ? roots : [document.body]).forEach((root) => visit(root, table));
    shown = now;
  };

  const start = (answer) => {
    fallback = answer.default;
    chinese = new Map(Object.entries(answer.words));
    english = new Map(Object.entries(answer.words).map(([from, to]) => [to, from]));
    look([document.body]);
    new MutationObserver((changes) =>
      look(changes.flatMap((change) => (change.type === "childList" ? [...change.addedNodes] : [change.target])))
    ).observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
    });
  };

  fetch(source).then((response) => response.json()).then(start);
})();
