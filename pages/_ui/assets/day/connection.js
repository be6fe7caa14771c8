// When Streamlit's own connection is gone it lays a dialog over the whole page, with a command for a terminal.
// Who stands in a shop goes on typing instead: the dialog is closed, and the page says itself what is kept.
export const keepUsable = (host, noticed) => {
  const look = () => {
    const dialog = host.isConnected && document.querySelector('[role="dialog"]:has([data-testid="stErrorCodeBlock"])');
    if (!dialog) return;
    dialog.querySelector("button").click();
    noticed();
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
};
