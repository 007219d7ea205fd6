// Calls into the server that a cut connection cannot leave hanging: Blazor never settles a call whose answer was lost.
const reconnected = 'picam:reconnected';

export const pause = ms => new Promise(done => setTimeout(done, ms));

// Tells everybody that the connection is up again.
export const announceReconnected = () => document.dispatchEvent(new Event(reconnected));

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
