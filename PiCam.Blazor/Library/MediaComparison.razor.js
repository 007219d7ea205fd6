import { cover } from '../js/cover.js';
import { zoomable } from '../js/zoomable.js';

// Both pictures zoom and move alike. Where they lie on one another, the other one is seen as long as a finger rests.
export function attach(root) {
  const hold = 250; // ms
  const stopping = new AbortController();
  const stage = root.querySelector('[data-stage]');
  const uncover = cover(root);
  const zoom = zoomable(stage, () => [...stage.querySelectorAll('.picture')], stopping.signal);
  const on = (target, name, handler) => target.addEventListener(name, handler, { signal: stopping.signal });
  let timer = 0;
  const letGo = () => { clearTimeout(timer); root.classList.remove('held'); };
  on(stage, 'pointerdown', e => {
    letGo();
    if (e.isPrimary) timer = setTimeout(() => root.classList.add('held'), hold);
  });
  on(stage, 'pointermove', e => { if (Math.hypot(e.movementX, e.movementY) > 3 && !root.classList.contains('held')) clearTimeout(timer); });
  for (const end of ['pointerup', 'pointercancel']) on(stage, end, letGo);
  on(root, 'click', e => {
    const factor = Number(e.target.closest('[data-zoom]')?.dataset.zoom);
    if (factor) zoom.zoom(factor);
  });
  return {
    stop() {
      stopping.abort();
      letGo();
      uncover();
    },
  };
}
