import { invoke } from '../js/circuit.js';
import { cover } from '../js/cover.js';
import { zoomable } from '../js/zoomable.js';

// Zooms the picture and leads from one to the next by swiping; keys are the page's own (js/keys.js).
export function attach(root, owner) {
  const flick = 0.5; // px per ms
  const stopping = new AbortController();
  const stage = root.querySelector('[data-stage]');
  const strip = root.querySelector('[data-strip]');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  const uncover = cover(root);
  let item = root.dataset.item;

  const has = step => !root.querySelector(`[data-step="${step}"]`).disabled;
  const slide = (px, time) => {
    strip.style.transition = time && !still.matches ? `transform ${time}ms ease-out` : 'none';
    strip.style.transform = px ? `translateX(${px}px)` : '';
  };
  const zoom = zoomable(stage, () => [...stage.querySelectorAll('.current > .picture')], stopping.signal, {
    move: px => slide(has(px < 0 ? 1 : -1) ? px : px / 4, 0),
    end(px, speed) {
      const step = px < 0 ? 1 : -1;
      const goes = has(step) && (Math.abs(px) > stage.clientWidth / 4 || Math.abs(speed) > flick && Math.sign(speed) === Math.sign(px));
      slide(goes ? -step * stage.clientWidth : 0, 160);
      if (goes) invoke(owner, 'SwipeAsync', step);
    },
  });
  root.addEventListener('click', e => {
    const factor = Number(e.target.closest('[data-zoom]')?.dataset.zoom);
    if (factor) zoom.zoom(factor);
  }, { signal: stopping.signal });

  // Another one: it begins whole, in the middle.
  const changed = new MutationObserver(() => {
    if (root.dataset.item === item) return;
    item = root.dataset.item;
    slide(0, 0);
    zoom.reset();
    for (const picture of stage.querySelectorAll('.picture')) picture.style.transform = '';
  });
  changed.observe(root, { attributeFilter: ['data-item'] });
  return {
    stop() {
      stopping.abort();
      changed.disconnect();
      uncover();
    },
  };
}
