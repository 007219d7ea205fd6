// What covers the page: the rest of it is out of reach of keyboard and screen reader meanwhile, and gets the focus back afterwards.
// Messages with an "Undo" lie above it and stay in reach.
export function cover(root) {
  const before = document.activeElement;
  const others = [...document.querySelectorAll('.shell > header, .shell > .banners')];
  for (const other of others) other.inert = true;
  root.focus({ preventScroll: true });
  return () => {
    for (const other of others) other.inert = false;
    // Its part of the page is out of reach until the server has rendered it anew.
    requestAnimationFrame(() => { if (before?.isConnected && document.activeElement === document.body) before.focus(); });
  };
}
