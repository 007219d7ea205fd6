// Whether anybody can see this page's picture: its tab is shown, or the picture floats over other windows.
const changed = 'picam:watched';
let floating = false;

export const isWatched = () => floating || !document.hidden;

export function setFloating(value) {
  floating = value;
  document.dispatchEvent(new Event(changed));
}

export function onWatchedChange(handler, signal) {
  document.addEventListener('visibilitychange', handler, { signal });
  document.addEventListener(changed, handler, { signal });
}
