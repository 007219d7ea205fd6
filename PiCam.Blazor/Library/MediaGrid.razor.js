import { invoke, newestWins } from '../js/circuit.js';
import { showAt } from '../js/filmstrip.js';

// Tells the server which part of the timeline is on the screen, keeps what one looks at where it is when something comes above
// it, and selects: by the tile's button, Shift, Ctrl or a long press.
export function attach(root, owner) {
  const gap = 2; // px between tiles, as in the style sheet
  const heading = 48; // px
  const hold = 450; // ms of a long press
  const slop = 10; // px; a finger that rests is not quite still
  const stopping = new AbortController();
  const on = (target, name, handler, options) => target.addEventListener(name, handler, { ...options, signal: stopping.signal });
  const canvas = root.querySelector('.canvas');
  const send = newestWins(owner, 'LookAsync');
  const places = new Map(); // where one was on each timeline
  let key = root.dataset.key, sent = '', anchor = null, top = 0, frame = 0;

  const shape = () => {
    const width = root.clientWidth;
    const narrow = width < 600;
    const columns = narrow ? 3 : Math.max(4, Math.round(width / 210));
    const tile = (width - gap * (columns - 1)) / columns;
    return [columns, Math.round((tile * (narrow ? 1 : 0.75) + gap) * 100) / 100];
  };

  const look = () => {
    const height = root.clientHeight;
    if (!height) return;
    const [columns, row] = shape();
    root.style.setProperty('--columns', columns);
    root.style.setProperty('--row', `${row}px`);
    const [from, to] = canvas.dataset.seen.split(' ').map(Number);
    const end = canvas.offsetHeight;
    const covered = sent === `${columns} ${row}`
      && (from <= 0 || root.scrollTop - height / 2 >= from)
      && (to >= end || root.scrollTop + height * 1.5 <= to);
    if (covered && to > 0) return;
    sent = `${columns} ${row}`;
    send(Math.max(0, root.scrollTop - height), root.scrollTop + height * 2, columns, row);
  };

  // The tile under the top left corner, and where it was.
  const remember = () => {
    if (root.closest('[inert]')) return; // the viewer lies above it, and hides what is where
    top = root.scrollTop;
    const box = root.getBoundingClientRect();
    const tile = document.elementsFromPoint(box.left + 60, box.top + heading + 20).map(e => e.closest('.tile[data-id]')).find(Boolean);
    anchor = tile && top > 0 ? { id: tile.dataset.id, at: tile.getBoundingClientRect().top - box.top + top } : null;
  };

  const settle = () => {
    if (root.dataset.key !== key) {
      places.set(key, top);
      key = root.dataset.key;
      anchor = null;
      root.scrollTop = places.get(key) ?? 0;
    } else if (anchor) {
      const tile = root.querySelector(`[data-id="${anchor.id}"]`);
      const moved = tile ? tile.getBoundingClientRect().top - root.getBoundingClientRect().top + root.scrollTop - anchor.at : 0;
      if (Math.abs(moved) >= 1) root.scrollTop += moved;
    }
    remember();
    look();
  };

  on(root, 'scroll', () => {
    frame ||= requestAnimationFrame(() => { frame = 0; remember(); look(); });
  }, { passive: true });
  const resized = new ResizeObserver(look);
  resized.observe(root);
  const changed = new MutationObserver(settle);
  changed.observe(root, { attributes: true, attributeFilter: ['data-key', 'data-seen', 'data-id'], childList: true, subtree: true });

  const pick = (tile, extend) => invoke(owner, 'PickAsync', tile.dataset.id, extend);
  let press = null, held = false;
  const letGo = () => { clearTimeout(press?.timer); press = null; };
  on(root, 'pointerdown', e => {
    held = false;
    letGo();
    const tile = e.target.closest('.tile[data-id]');
    if (!tile || e.pointerType === 'mouse' || root.classList.contains('selecting')) return;
    press = { x: e.clientX, y: e.clientY, timer: setTimeout(() => { held = true; pick(tile, false); navigator.vibrate?.(10); }, hold) };
  });
  on(root, 'pointermove', e => { if (press && Math.hypot(e.clientX - press.x, e.clientY - press.y) > slop) letGo(); });
  for (const end of ['pointerup', 'pointercancel']) on(root, end, letGo);
  on(root, 'contextmenu', e => { if (press || held) e.preventDefault(); });
  on(root, 'click', e => {
    const tile = e.target.closest('.tile[data-id]');
    if (!tile) return;
    const selects = e.target.closest('.pick') || root.classList.contains('selecting') || e.shiftKey || e.ctrlKey || e.metaKey;
    if (!selects && !held) return; // the link opens
    e.preventDefault();
    if (!held) pick(tile, e.shiftKey);
    held = false;
  }, { capture: true });

  // A mouse that rests on a film sees what is in it, from its beginning on the left to its end on the right.
  let hovered = null, rest = 0;
  const unhover = () => {
    clearTimeout(rest);
    if (hovered) hovered.strip.hidden = true;
    hovered = null;
  };
  on(root, 'pointermove', e => {
    const tile = e.pointerType === 'mouse' && !root.classList.contains('selecting') ? e.target.closest('.tile[data-id]') : null;
    if (tile !== hovered?.tile) {
      unhover();
      const strip = tile?.querySelector('[data-strip]');
      if (!strip) return;
      const picture = new Image();
      hovered = { tile, strip, picture };
      rest = setTimeout(() => { picture.src = strip.dataset.strip; }, 150);
      picture.onload = () => {
        if (hovered?.picture !== picture) return;
        strip.style.backgroundImage = `url('${strip.dataset.strip}')`;
        strip.hidden = false;
      };
    }
    if (!hovered) return;
    showAt(hovered.strip, e, hovered.tile.getBoundingClientRect());
  });
  on(root, 'pointerleave', unhover);

  // The arrow keys go from tile to tile.
  const next = (tile, key) => {
    const tiles = [...root.querySelectorAll('.tile[data-id]')];
    const at = tiles.indexOf(tile);
    if (key === 'ArrowLeft') return tiles[at - 1];
    if (key === 'ArrowRight') return tiles[at + 1];
    const here = tile.getBoundingClientRect();
    const sign = key === 'ArrowDown' ? 1 : -1;
    const cost = box => sign * (box.top - here.top) * 1000 + Math.abs(box.left - here.left);
    return tiles.map(t => [t, t.getBoundingClientRect()]).filter(([, box]) => sign * (box.top - here.top) > 1)
      .sort(([, a], [, b]) => cost(a) - cost(b))[0]?.[0];
  };
  on(root, 'keydown', e => {
    const tile = e.target.closest('.tile[data-id]');
    if (!tile || e.altKey || e.metaKey) return;
    if (/^Arrow/.test(e.key)) {
      e.preventDefault();
      next(tile, e.key)?.querySelector('a').focus();
    } else if (e.key === ' ' && e.target.matches('a')) {
      e.preventDefault();
      pick(tile, e.shiftKey);
    }
  });
  on(document, 'keydown', e => {
    if (!(e.ctrlKey || e.metaKey) || e.key.toLowerCase() !== 'a' || e.target.closest('input, textarea, select') || root.closest('[inert]')) return;
    e.preventDefault();
    invoke(owner, 'PickAllAsync');
  });

  look();
  return {
    scrollTo(height) { root.scrollTop = height; },
    stop() {
      stopping.abort();
      resized.disconnect();
      changed.disconnect();
      cancelAnimationFrame(frame);
      letGo();
      unhover();
    },
  };
}
