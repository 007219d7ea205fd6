import { invoke, onReconnected } from '../js/circuit.js';

// Tells the server whether anybody can see this tab; again after a cut, which may have swallowed the news.
export function watchVisibility(owner) {
  const stopping = new AbortController();
  const tell = () => { invoke(owner, 'SetVisible', !document.hidden); };
  document.addEventListener('visibilitychange', tell, { signal: stopping.signal });
  onReconnected(tell, stopping.signal);
  tell();
  return { stop: () => stopping.abort() };
}
