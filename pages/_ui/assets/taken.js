// Tells the server of files that the browser makes of what it shows, so that they are in the audit like others:
// the table's own download, cells that are copied, the picture of a chart.
(() => {
  const address = new URL("../taken", document.currentScript.src);
  const tell = (name) =>
    fetch(address, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name, page: location.pathname.split("/").pop() }),
    }).catch(() => {});

  document.addEventListener("click", (event) => {
    // The name of the button is translated; its CSV stays.
    if (event.target.closest?.('[data-testid="stElementToolbarButton"] button[aria-label*="CSV"]')) tell("table.csv");
    const link = event.target.closest?.("a[download]");
    if (link && /^(blob|data):/.test(link.href) && !link.download.endsWith(".csv")) tell(link.download);
  }, true);
  document.addEventListener("copy", () => {
    if (document.activeElement?.closest('[data-testid^="stDataFrame"]')) tell("clipboard");
  }, true);
})();
