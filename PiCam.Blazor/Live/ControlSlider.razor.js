// The thumb belongs to the hand while it is held, and to the server (data-position) afterwards.
export function attach(range, owner) {
  const settle = 400; // ms; long enough for the server's answer to the last move
  const stopping = new AbortController();
  const on = (name, handler) => range.addEventListener(name, handler, { signal: stopping.signal });
  let held = false, sending = false, next = null, timer = 0, press = 0;

  const follow = () => {
    if (!held && !sending && !timer) range.value = range.dataset.position;
  };
  const settleSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = 0; follow(); }, settle);
  };
  const send = async () => {
    if (sending) return; // the newest value goes when the present one is through
    sending = true;
    try {
      while (next !== null) {
        const value = next;
        next = null;
        await owner.invokeMethodAsync('SlideAsync', value);
      }
    } finally {
      sending = false;
      settleSoon();
    }
  };
  const reset = () => {
    next = null;
    owner.invokeMethodAsync('ResetAsync');
  };

  on('input', () => {
    clearTimeout(press);
    next = Number(range.value);
    settleSoon();
    send();
  });
  on('pointerdown', e => {
    held = true;
    if (e.pointerType === 'touch') press = setTimeout(reset, 700);
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    on(end, () => { held = false; clearTimeout(press); settleSoon(); });
  }
  on('dblclick', reset);

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
