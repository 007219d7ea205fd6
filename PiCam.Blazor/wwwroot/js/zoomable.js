// Pictures under a hand: wheel, pinch and double click zoom, a drag moves. All of them move alike, so that two can be compared.
const most = 12;
const slop = 8; // px; a hand that clicks is not quite still

// pictures() gives the elements that are moved now; each fills an area of one size. swipe, if given, hears of a sideways drag of what
// is not zoomed: swipe.move(px) while it lasts, swipe.end(px, px per ms) after it.
export function zoomable(surface, pictures, signal, swipe) {
  const on = (name, handler, options) => surface.addEventListener(name, handler, { ...options, signal });
  const pointers = new Map();
  let scale = 1, x = 0, y = 0, pinch = null, press = null;

  const apply = () => {
    for (const picture of pictures()) picture.style.transform = scale === 1 ? '' : `translate(${x}px, ${y}px) scale(${scale})`;
    surface.classList.toggle('zoomed', scale > 1);
  };
  // The area of the picture under a place, in whose middle everything is measured.
  const area = (left, top) => {
    const boxes = pictures().map(picture => picture.parentElement.getBoundingClientRect());
    return boxes.find(b => left >= b.left && left <= b.right && top >= b.top && top <= b.bottom) ?? boxes[0];
  };
  const show = (box, nextScale, nextX, nextY) => {
    scale = Math.min(most, Math.max(1, nextScale));
    const edge = (value, length) => Math.min(1, Math.max(-1, value / ((scale - 1) * length / 2 || 1))) * (scale - 1) * length / 2;
    x = edge(nextX, box.width);
    y = edge(nextY, box.height);
    apply();
  };
  // What lies under the place stays there.
  const zoomAt = (left, top, factor) => {
    const box = area(left, top);
    if (!box) return;
    const [px, py] = [left - box.left - box.width / 2, top - box.top - box.height / 2];
    const next = Math.min(most, Math.max(1, scale * factor));
    show(box, next, px - (px - x) * next / scale, py - (py - y) * next / scale);
  };
  const middle = () => {
    const [a, b] = [...pointers.values()];
    return { left: (a.left + b.left) / 2, top: (a.top + b.top) / 2, distance: Math.hypot(a.left - b.left, a.top - b.top) };
  };

  on('wheel', e => {
    if (!pictures().length) return;
    e.preventDefault();
    const lines = e.deltaMode === 1 ? 16 : 1;
    zoomAt(e.clientX, e.clientY, Math.exp(-Math.max(-120, Math.min(120, e.deltaY * lines)) * 0.003));
  }, { passive: false });
  on('dblclick', e => {
    if (pictures().length && !e.target.closest('button')) zoomAt(e.clientX, e.clientY, scale > 1 ? 1 / most : 2.5);
  });
  on('pointerdown', e => {
    if (e.button !== 0 || pointers.size === 2 || e.target.closest('button, video, a, [data-own]')) return;
    pointers.set(e.pointerId, { left: e.clientX, top: e.clientY });
    surface.setPointerCapture(e.pointerId);
    pinch = pointers.size === 2 ? middle() : null;
    press = pointers.size === 1 ? { left: e.clientX, at: e.timeStamp, moved: 0, swipes: false } : null;
  });
  on('pointermove', e => {
    const last = pointers.get(e.pointerId);
    if (!last) return;
    pointers.set(e.pointerId, { left: e.clientX, top: e.clientY });
    if (pinch) {
      const now = middle();
      const box = area(now.left, now.top);
      if (box) show(box, scale, x + now.left - pinch.left, y + now.top - pinch.top);
      zoomAt(now.left, now.top, now.distance / Math.max(pinch.distance, 1));
      pinch = now;
    } else if (scale > 1) {
      const box = area(e.clientX, e.clientY);
      show(box, scale, x + e.clientX - last.left, y + e.clientY - last.top);
    } else if (press && swipe) {
      press.moved = e.clientX - press.left;
      press.swipes ||= Math.abs(press.moved) > slop;
      if (press.swipes) swipe.move(press.moved);
    }
  });
  for (const end of ['pointerup', 'pointercancel']) {
    on(end, e => {
      if (!pointers.delete(e.pointerId)) return;
      if (press?.swipes) swipe.end(end === 'pointerup' ? press.moved : 0, press.moved / Math.max(1, e.timeStamp - press.at));
      press = null;
      pinch = null;
    });
  }

  return {
    zoom(factor) {
      const box = pictures()[0]?.parentElement.getBoundingClientRect();
      if (box) zoomAt(box.left + box.width / 2, box.top + box.height / 2, factor);
    },
    reset() {
      [scale, x, y] = [1, 0, 0];
      apply();
    },
  };
}
