// Exchanges the few texts that Streamlit itself shows. The language is the parameter "lang" of the
// address. A text node belongs to React; changing its text, not its place, leaves React undisturbed.
(() => {
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "data-title"];
  const source = new URL("words.json", document.currentScript.src);
  let fallback = "zh_CN";
  let toChinese = null;
  let toEnglish = null;

  const language = () => new URLSearchParams(location.search).get("lang") || fallback;

  // "{size} per file" stands for a family of texts; the others are looked up whole.
  const dictionary = (pairs) => {
    const fixed = new Map(pairs.filter(([from]) => !from.includes("{")));
    const escaped = (text) => text.replace(/[.*+?^$()|[\]\\/]/g, "\\$&");
    const families = pairs
      .filter(([from]) => from.includes("{"))
      .map(([from, to]) => [new RegExp(`^${escaped(from).replace(/\{(\w+)\}/g, "(?<$1>.+)")}$`), to.replace(/\{(\w+)\}/g, "$<$1>")]);
    return (text) => {
      const bare = text.trim();
      if (!bare || bare.length > 200) return text;
      const found = fixed.get(bare);
      if (found !== undefined) return text.replace(bare, found);
      const family = families.find(([pattern]) => pattern.test(bare));
      return family ? bare.replace(family[0], family[1]) : text;
    };
  };

  // A chart has thousands of marks, and no text of Streamlit's.
  const isDrawing = (node) => node instanceof SVGElement || node instanceof HTMLCanvasElement;
  const outsideDrawings = (node) => (isDrawing(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);

  const visit = (root, exchange) => {
    if (isDrawing(root) || (root.parentElement && isDrawing(root.parentElement))) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, outsideDrawings);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        const text = exchange(node.data);
        if (text !== node.data) node.data = text;
        continue;
      }
      for (const name of node.attributes?.length ? ATTRIBUTES : []) {
        const value = node.getAttribute(name);
        const text = value && exchange(value);
        if (text && text !== value) node.setAttribute(name, text);
      }
    }
  };

  let shown = null;
  const look = (roots) => {
    const now = language();
    const chinese = now === "zh_CN";
    if (now !== shown) {
      document.documentElement.lang = chinese ? "zh-CN" : "en";
      if (chinese || shown) visit(document.body, chinese ? toChinese : toEnglish);
    } else if (chinese) {
      roots.forEach((root) => visit(root, toChinese));
    }
    shown = now;
  };

  const start = (answer) => {
    const pairs = Object.entries(answer.words);
    fallback = answer.default;
    toChinese = dictionary(pairs);
    toEnglish = dictionary(pairs.map(([from, to]) => [to, from]));
    look([]);
    new MutationObserver((changes) =>
      look(changes.flatMap((change) => (change.type === "childList" ? [...change.addedNodes] : [change.target])))
    ).observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
    });
  };

  fetch(source).then((response) => response.json()).then(start);
})();
