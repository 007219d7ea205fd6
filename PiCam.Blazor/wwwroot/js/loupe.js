import { currentPicture, pictureHeight, pictureWidth } from './picture.js';

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// A glass that is moved over the picture, by pointer and by keys, and shows real pixels: one of the picture's on one of the page's, as the
// person sees it turned and mirrored. Calls `moved` when it should be drawn anew.
export function openLoupe(loupe, surface, orientation, moved, signal) {
  const glass = loupe.firstElementChild.getContext('2d', { alpha: false });
  let held = null, centre = [0.5, 0.5];

  // Where the picture lies on the page, as it is seen.
  const shownBox = (width, height) => {
    const { a, b, c, d } = new DOMMatrix(getComputedStyle(orientation).transform);
    const [across, down] = Math.abs(b) > 0.5 ? [height, width] : [width, height];
    const outer = surface.getBoundingClientRect();
    const scale = Math.min(outer.width / across, outer.height / down);
    return {
      turn: [a, b, c, d], across, down, scale,
      left: outer.left + (outer.width - across * scale) / 2, top: outer.top + (outer.height - down * scale) / 2,
    };
  };
  const move = (byX, byY) => {
    const picture = currentPicture();
    if (!picture) return;
    const box = shownBox(pictureWidth(picture), pictureHeight(picture));
    const within = value => Math.min(1, Math.max(0, value));
    centre = [within(centre[0] + byX / (box.across * box.scale)), within(centre[1] + byY / (box.down * box.scale))];
    moved();
  };

  loupe.addEventListener('pointerdown', e => {
    if (e.button !== 0) return;
    held = [e.clientX, e.clientY];
    loupe.setPointerCapture(e.pointerId);
  }, { signal });
  loupe.addEventListener('pointermove', e => {
    if (!held) return;
    move(e.clientX - held[0], e.clientY - held[1]);
    held = [e.clientX, e.clientY];
  }, { signal });
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) loupe.addEventListener(name, () => { held = null; }, { signal });
  loupe.addEventListener('keydown', e => {
    const arrow = arrows[e.key];
    if (!arrow || e.ctrlKey || e.altKey || e.metaKey) return;
    e.preventDefault();
    e.stopPropagation();
    const step = e.shiftKey ? 1 : 12;
    move(arrow[0] * step, arrow[1] * step);
  }, { signal });

  return {
    draw(picture, width, height) {
      const box = shownBox(width, height);
      loupe.style.left = `${box.left + centre[0] * box.across * box.scale}px`;
      loupe.style.top = `${box.top + centre[1] * box.down * box.scale}px`;
      const size = loupe.clientWidth;
      if (glass.canvas.width !== size) glass.canvas.width = glass.canvas.height = size;
      const [a, b, c, d] = box.turn;
      const x = (centre[0] - 0.5) * box.across, y = (centre[1] - 0.5) * box.down;
      glass.setTransform(1, 0, 0, 1, 0, 0);
      glass.clearRect(0, 0, size, size);
      glass.setTransform(a, b, c, d, Math.round(size / 2 - x), Math.round(size / 2 - y));
      glass.imageSmoothingEnabled = false;
      glass.drawImage(picture, -width / 2, -height / 2);
    },
    // Nothing of the picture stays behind.
    clear() { glass.canvas.width = glass.canvas.height = 1; },
  };
}
