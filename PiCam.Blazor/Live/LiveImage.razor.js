import { invoke, onReconnected } from '../js/circuit.js';
import { isWatched, onWatchedChange } from '../js/watched.js';

// Tells the server whether anybody can see this picture; again after a cut, which may have swallowed the news.
export function watchVisibility(owner) {
  const stopping = new AbortController();
  const tell = () => { invoke(owner, 'SetVisible', isWatched()); };
  onWatchedChange(tell, stopping.signal);
  onReconnected(tell, stopping.signal);
  tell();
  return { stop: () => stopping.abort() };
}
