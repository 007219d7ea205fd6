import { invoke, onDisconnected, onReconnected } from '../js/circuit.js';

// The thumb belongs to the hand while it is held, and to the server (data-position) afterwards.
export function attach(range, owner) {
  const patience = 3000; // ms; by then the page shows the server's answer to the last move, or it was refused
  const stopping = new AbortController();
  const on = (name, handler) => range.addEventListener(name, handler, { signal: stopping.signal });
  let cut = false, held = false, sending = false, next = null, awaited = null, timer = 0, press = 0;

  const follow = () => {
    const position = range.dataset.position;
    if (held || sending || (awaited !== null && awaited !== position)) return;
    awaited = null;
    clearTimeout(timer);
    range.value = position;
  };
  const giveUpLater = () => {
    clearTimeout(timer);
    if (!cut) timer = setTimeout(() => { awaited = null; follow(); }, patience);
  };
  const send = async () => {
    if (sending) return; // the newest value goes when the present one is through
    sending = true;
    try {
      while (next !== null) {
        const value = next;
        next = null;
        await invoke(owner, 'SlideAsync', value);
      }
    } finally {
      sending = false;
      follow();
      giveUpLater();
    }
  };
  const reset = () => {
    next = awaited = null;
    invoke(owner, 'ResetAsync');
  };

  on('input', () => {
    clearTimeout(press);
    next = Number(range.value);
    awaited = range.value;
    send();
  });
  on('pointerdown', e => {
    held = true;
    if (e.pointerType === 'touch') press = setTimeout(reset, 700);
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    on(end, () => { held = false; clearTimeout(press); follow(); });
  }
  on('dblclick', reset);

  // The last move may have been lost with the connection. However long that is away, the move is not given up.
  onDisconnected(() => {
    cut = true;
    clearTimeout(timer);
  }, stopping.signal);
  onReconnected(() => {
    cut = false;
    if (awaited === null) return;
    next = Number(awaited);
    send();
  }, stopping.signal);

  const observer = new MutationObserver(follow);
  observer.observe(range, { attributeFilter: ['data-position', 'max'] });
  follow();
  return {
    stop() {
      stopping.abort();
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(press);
    },
  };
}
