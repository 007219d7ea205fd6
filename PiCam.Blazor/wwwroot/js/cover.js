// What covers the page: the rest of it is out of reach of keyboard and screen reader meanwhile, and gets the focus back afterwards.
// Messages with an "Undo" lie above it and stay in reach.
export function cover(root) {
  const before = document.activeElement;
  const others = [...document.querySelectorAll('.shell > header, .shell > .banners')];
  for (const other of others) other.inert = true;
  root.focus({ preventScroll: true });

  // What had the focus may go or be disabled, as a step's button is at the end: then it falls to the whole, not out of it.
  const changed = new MutationObserver(() => requestAnimationFrame(() => {
    if (root.isConnected && document.activeElement === document.body) root.focus({ preventScroll: true });
  }));
  changed.observe(root, { attributeFilter: ['disabled'], childList: true, subtree: true });
  return () => {
    changed.disconnect();
    for (const other of others) other.inert = false;
    // Its part of the page is out of reach until the server has rendered it anew.
    requestAnimationFrame(() => { if (before?.isConnected && document.activeElement === document.body) before.focus(); });
  };
}
