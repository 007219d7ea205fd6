// Calls into the server that a cut connection cannot leave hanging: Blazor never settles a call whose answer was lost.
const reconnected = 'picam:reconnected';
const disconnected = 'picam:disconnected';

export const pause = ms => new Promise(done => setTimeout(done, ms));

// Tells everybody that the connection is up again.
export const announceReconnected = () => document.dispatchEvent(new Event(reconnected));

// Tells everybody that the connection is cut.
export const announceDisconnected = () => document.dispatchEvent(new Event(disconnected));

export const onDisconnected = (handler, signal) => document.addEventListener(disconnected, handler, { signal });

export const onReconnected = (handler, signal) => document.addEventListener(reconnected, handler, { signal });

// Ends with the server's answer, or when the connection has come back without it, or when there is none to send on. What a
// call failed of, the server has told the person; the caller only needs to know that it is over.
export function invoke(owner, method, ...values) {
  const over = new AbortController();
  return new Promise(done => {
    onReconnected(done, over.signal);
    owner.invokeMethodAsync(method, ...values).then(done, error => { console.debug(method, error); done(); });
  }).finally(() => over.abort());
}

// A sender with one call under way; of what is asked for meanwhile only the newest goes out next.
export function newestWins(owner, method) {
  let sending = false, next = null;
  return async (...values) => {
    next = values;
    if (sending) return;
    sending = true;
    try {
      while (next !== null) {
        const newest = next;
        next = null;
        await invoke(owner, method, ...newest);
      }
    } finally {
      sending = false;
    }
  };
}
