// Tells the server whether anybody can see this tab.
export function watchVisibility(owner) {
  const tell = () => { owner.invokeMethodAsync('SetVisible', !document.hidden); };
  document.addEventListener('visibilitychange', tell);
  if (document.hidden) tell();
  return { stop: () => document.removeEventListener('visibilitychange', tell) };
}
