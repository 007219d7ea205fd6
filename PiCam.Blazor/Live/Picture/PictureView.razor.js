import { invoke, newestWins } from '../../js/circuit.js';

// Zoom by wheel, pinch and drag; on a gimbal, aim by click and drag. The view (left, top, width as fractions of the whole
// picture) belongs to the hand while it is at work, and to the server (data-view) afterwards.
export function attach(surface, owner) {
  const patience = 3000; // ms; by then the page shows the server's answer, or it was refused
  const stopping = new AbortController();
  const on = (name, handler, options) => surface.addEventListener(name, handler, { ...options, signal: stopping.signal });
  const pointers = new Map();
  const able = () => surface.classList.contains('zoomable');
  const aims = () => surface.classList.contains('aimable');
  const slop = 6; // px; a hand that clicks is not quite still
  const doubled = 300; // ms in which a second click makes it a double one
  let view = [0, 0, 1], pinch = null, timer = 0, mine = false;
  let press = null, drags = 0, click = 0;

  const send = newestWins(owner, 'ZoomAsync');
  const drag = newestWins(owner, 'DragAsync');
  const follow = () => {
    if (mine || pointers.size) return;
    view = surface.dataset.view.split(' ').map(Number);
  };
  const yieldLater = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { mine = false; follow(); }, patience);
  };

  // Where the picture lies on the page: as large as fits, in the middle.
  const box = () => {
    const outer = surface.getBoundingClientRect();
    const aspect = Number(surface.dataset.aspect);
    const width = Math.min(outer.width, outer.height * aspect);
    const height = width / aspect;
    return { left: outer.left + (outer.width - width) / 2, top: outer.top + (outer.height - height) / 2, width, height };
  };
  const place = (x, y) => {
    const b = box();
    return [Math.min(1, Math.max(0, (x - b.left) / b.width)), Math.min(1, Math.max(0, (y - b.top) / b.height))];
  };
  const show = (x, y, scale) => {
    const edge = value => Math.min(1 - scale, Math.max(0, value));
    view = [edge(x), edge(y), scale];
    mine = true;
    send(...view);
    yieldLater();
  };
  // The point of the whole picture that lies under u, v stays there.
  const zoomAt = (point, [u, v], scale) => {
    const s = Math.min(1, Math.max(Number(surface.dataset.least), scale));
    show(point[0] - u * s, point[1] - v * s, s);
  };
  const pointAt = ([u, v]) => [view[0] + u * view[2], view[1] + v * view[2]];

  on('wheel', e => {
    if (!able() || e.ctrlKey && e.deltaY === 0) return;
    e.preventDefault();
    const lines = e.deltaMode === 1 ? 16 : 1;
    const at = place(e.clientX, e.clientY);
    zoomAt(pointAt(at), at, view[2] * Math.exp(Math.max(-120, Math.min(120, e.deltaY * lines)) * 0.002));
  }, { passive: false });

  const middle = () => {
    const [a, b] = [...pointers.values()];
    return { at: place((a.x + b.x) / 2, (a.y + b.y) / 2), distance: Math.hypot(a.x - b.x, a.y - b.y) };
  };
  const begin = () => {
    pinch = null;
    if (pointers.size === 2) {
      const { at, distance } = middle();
      pinch = { point: pointAt(at), distance, scale: view[2] };
    }
  };
  on('pointerdown', e => {
    if (!(able() || aims()) || e.button !== 0 || pointers.size === 2) return;
    pointers.set(e.pointerId, { x: e.clientX, y: e.clientY });
    surface.setPointerCapture(e.pointerId);
    press = pointers.size === 1 ? { x: e.clientX, y: e.clientY, moved: false } : null;
    begin();
  });
  on('pointermove', e => {
    const last = pointers.get(e.pointerId);
    if (!last) return;
    pointers.set(e.pointerId, { x: e.clientX, y: e.clientY });
    if (press && !press.moved) {
      if (Math.hypot(e.clientX - press.x, e.clientY - press.y) < slop) return;
      press.moved = true;
      drags++;
    }
    if (pinch && able()) {
      const { at, distance } = middle();
      zoomAt(pinch.point, at, pinch.scale * pinch.distance / Math.max(distance, 1));
    } else if (press && aims() && view[2] === 1) {
      surface.classList.add('held');
      drag(drags, ...place(press.x, press.y), ...place(e.clientX, e.clientY));
    } else if (pointers.size === 1 && view[2] < 1) {
      surface.classList.add('held');
      const b = box();
      show(view[0] - (e.clientX - last.x) / b.width * view[2], view[1] - (e.clientY - last.y) / b.height * view[2], view[2]);
    }
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) {
    on(end, e => {
      if (!pointers.delete(e.pointerId)) return;
      if (end === 'pointerup' && press && !press.moved && aims()) clickAt(e);
      press = null;
      surface.classList.remove('held');
      begin();
      follow();
    });
  }
  // Waits for the second click of a double one, which is not meant for the gimbal.
  const clickAt = e => {
    clearTimeout(click);
    if (click && able()) { click = 0; return; }
    const at = place(e.clientX, e.clientY);
    click = setTimeout(() => { click = 0; invoke(owner, 'CentreAsync', ...at); }, able() ? doubled : 0);
  };
  on('dblclick', () => { if (able()) show(0, 0, 1); });

  const observer = new MutationObserver(follow);
  observer.observe(surface, { attributeFilter: ['data-view'] });
  follow();
  return {
    stop() {
      stopping.abort();
      observer.disconnect();
      clearTimeout(timer);
      clearTimeout(click);
    },
  };
}
