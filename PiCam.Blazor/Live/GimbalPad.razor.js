// The stick by mouse, touch, keys and gamepad. While it is pulled, the pull is renewed every 200 ms (the server stops a move
// that is not renewed for a second); one message is under way at a time, and the newest pull wins.
import { invoke } from '../js/circuit.js';
import { free } from '../js/keys.js';
import { gamepads } from '../js/gamepad.js';

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export function attach(stick, owner) {
  const stopping = new AbortController();
  const on = (target, name, handler) => target.addEventListener(name, handler, { signal: stopping.signal });
  const knob = stick.querySelector('.knob');
  const keys = new Set();
  let fine = false, pointer = null, pulling = false, pull = [0, 0], released = false, busy = false;
  let orders = [];

  // A pause that ends when something has changed: a hand that moves must not wait for the next renewal.
  let wake = () => {};
  const rest = () => new Promise(done => {
    const late = setTimeout(done, 200);
    wake = () => { clearTimeout(late); done(); };
  });

  const show = () => {
    knob.style.transform = `translate(${pull[0] * 50}%, ${-pull[1] * 50}%)`;
    stick.classList.toggle('pulled', pulling);
  };

  // One loop, one message under way: pulls while the stick is pulled, the release after them, and then what else was asked
  // for: in this order, or the release would stop the way home.
  const send = async () => {
    if (busy) return;
    busy = true;
    try {
      while (pulling || released || orders.length) {
        while (pulling) {
          const sent = pull;
          await invoke(owner, 'PullAsync', sent[0], sent[1]);
          if (pulling && pull === sent) await rest();
        }
        if (released) {
          released = false;
          await invoke(owner, 'ReleaseAsync');
        }
        while (orders.length && !pulling) await invoke(owner, orders.shift());
      }
    } finally {
      busy = false;
    }
  };
  const set = (pan, tilt) => {
    pulling = true;
    pull = [pan, tilt];
    show();
    wake();
    send();
  };
  const release = () => {
    released ||= pulling;
    pulling = false;
    pull = [0, 0];
    show();
    wake();
  };

  const fromPointer = e => {
    const box = stick.getBoundingClientRect();
    let x = (e.clientX - box.left - box.width / 2) / (box.width * 0.35);
    let y = (box.top + box.height / 2 - e.clientY) / (box.height * 0.35);
    const length = Math.hypot(x, y);
    if (length > 1) { x /= length; y /= length; }
    if (length < 0.08) { x = 0; y = 0; } // a resting thumb is not a pull
    set(x, y);
  };
  on(stick, 'pointerdown', e => {
    if (e.button !== 0 || pointer !== null) return;
    pointer = e.pointerId;
    stick.setPointerCapture(pointer);
    fromPointer(e);
    e.preventDefault();
    stick.focus({ preventScroll: true });
  });
  on(stick, 'pointermove', e => { if (e.pointerId === pointer) fromPointer(e); });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    on(stick, end, e => { if (e.pointerId === pointer) { pointer = null; release(); } });
  }

  const fromKeys = () => {
    let x = 0, y = 0;
    for (const key of keys) { x += arrows[key][0]; y += arrows[key][1]; }
    const speed = fine ? 0.15 : 1;
    const length = Math.max(1, Math.hypot(x, y));
    if (keys.size) set(x / length * speed, y / length * speed);
    else if (pointer === null && pulling) release();
  };
  // While Cmd is down macOS tells nothing of other keys that are let go: what was held before is held no longer.
  const forget = e => {
    if (e.key !== 'Meta') return;
    keys.clear();
    fromKeys();
  };
  on(document, 'keydown', e => {
    forget(e);
    if (!free(e)) return;
    if (e.key in arrows) {
      fine = e.shiftKey;
      if (!keys.has(e.key) || pull.every(v => v === 0)) { keys.add(e.key); fromKeys(); }
    } else if (e.key === ' ' || e.key === 'Home') {
      keys.clear();
      release();
      orders = [e.key === 'Home' ? 'GoHomeAsync' : 'StopAsync'];
      send();
    } else {
      return;
    }
    e.preventDefault();
  });
  on(document, 'keyup', e => {
    forget(e);
    if (e.key === 'Shift') { fine = false; if (keys.size) fromKeys(); }
    if (keys.delete(e.key)) fromKeys();
  });
  // The hand on the screen and the keys come first; a pad at rest leaves them alone.
  let padPulls = false;
  const pads = gamepads(stopping.signal, {
    pull(x, y) {
      if (pointer !== null || keys.size) return;
      if (x || y) { padPulls = true; set(x, y); } else if (padPulls) { padPulls = false; release(); }
    },
    order(method) {
      release();
      orders = [method];
      send();
    },
  });
  const letGo = () => { keys.clear(); pointer = null; pads.letGo(); if (pulling) release(); };
  on(window, 'blur', letGo);
  on(document, 'visibilitychange', () => { if (document.hidden) letGo(); });

  return { stop() { letGo(); stopping.abort(); } };
}
