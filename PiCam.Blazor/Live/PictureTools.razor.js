import { invoke } from '../js/circuit.js';
import { canFloat, float } from '../js/floating.js';
import { free } from '../js/keys.js';

const page = document.documentElement;

// The whole document goes to full screen, not the picture's box alone: the stick and the messages lie outside it. Where the
// browser has no full screen (iPhones), the picture still takes all of the page.
const canFill = typeof page.requestFullscreen === 'function' && document.fullscreenEnabled;

const nameNow = () => {
  const now = new Date();
  const two = number => String(number).padStart(2, '0');
  return `picam-${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
    + `-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}.jpg`;
};

// The camera's own picture, untouched unless the page turns or mirrors it: then it is saved as it is seen.
async function snapshot() {
  const answer = await fetch('/snapshot.jpg', { cache: 'no-store' });
  if (!answer.ok) throw new Error(`/snapshot.jpg: ${answer.status}`);
  return new File([await asSeen(await answer.blob())], nameNow(), { type: 'image/jpeg' });
}

async function asSeen(jpeg) {
  const { a, b, c, d, isIdentity } = new DOMMatrix(getComputedStyle(document.querySelector('.orientation')).transform);
  if (isIdentity) return jpeg;
  const picture = await createImageBitmap(jpeg);
  const { width, height } = picture;
  const canvas = Math.abs(b) > 0.5 ? new OffscreenCanvas(height, width) : new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.setTransform(a, b, c, d, canvas.width / 2, canvas.height / 2);
  pen.drawImage(picture, -width / 2, -height / 2);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
}

function canShare() {
  try {
    return navigator.canShare?.({ files: [new File(['x'], 'picam.jpg', { type: 'image/jpeg' })] }) === true;
  } catch {
    return false; // a browser that shares addresses only
  }
}

// Keeps the screen from going dark while the page is looked at. Silent: a low battery may refuse it, and that is right.
function keepAwake(signal) {
  if (!navigator.wakeLock) return;
  let lock = null;
  const hold = async () => {
    if (document.hidden || signal.aborted || lock?.released === false) return;
    try {
      lock = await navigator.wakeLock.request('screen');
      if (signal.aborted) await lock.release();
    } catch (error) {
      console.debug('The screen may go dark', error);
    }
  };
  document.addEventListener('visibilitychange', hold, { signal });
  signal.addEventListener('abort', () => lock?.release());
  hold();
}

export function attach(root, owner) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = new Set();
  let sink = null;

  const isFull = () => 'immersive' in page.dataset;
  const setFull = full => {
    if (full === isFull()) return;
    if (full) page.dataset.immersive = '';
    else delete page.dataset.immersive;
    if (!signal.aborted) invoke(owner, 'SetFullScreen', full);
  };
  // The browser closes its own full screen by this key.
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && !canFill && free(event)) setFull(false);
  }, { signal });
  document.addEventListener('fullscreenchange', () => setFull(document.fullscreenElement !== null), { signal });

  const tools = {
    async fullScreen() {
      if (!canFill) setFull(!isFull());
      else if (document.fullscreenElement) await document.exitFullscreen();
      else await page.requestFullscreen({ navigationUI: 'hide' });
    },
    async float() {
      if (sink) sink();
      else sink = await float(open => {
        if (!open) sink = null;
        if (!signal.aborted) invoke(owner, 'SetFloating', open);
      });
    },
    async save() {
      const file = await snapshot();
      const address = URL.createObjectURL(file);
      const link = Object.assign(document.createElement('a'), { href: address, download: file.name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60000); // the browser reads it after the click
    },
    async share() {
      const file = await snapshot();
      await navigator.share({ files: [file], title: file.name });
    },
  };
  const there = { fullScreen: true, float: canFloat, save: true, share: canShare() };

  root.addEventListener('click', async event => {
    const name = event.target.closest('[data-tool]')?.dataset.tool;
    if (!name || running.has(name)) return;
    running.add(name);
    try {
      await tools[name]();
    } catch (error) {
      if (error.name === 'AbortError') return; // the person closed the browser's share sheet
      console.debug(name, error);
      invoke(owner, 'Failed', name);
    } finally {
      running.delete(name);
    }
  }, { signal });
  keepAwake(signal);

  // Privacy: a window over all others must not go on showing the last picture.
  const privacy = new MutationObserver(() => { if ('private' in root.dataset) sink?.(); });
  privacy.observe(root, { attributeFilter: ['data-private'] });
  signal.addEventListener('abort', () => privacy.disconnect());

  return {
    available: () => Object.keys(there).filter(name => there[name]),
    stop() {
      stopping.abort();
      sink?.();
      setFull(false);
      if (document.fullscreenElement) document.exitFullscreen().catch(error => console.debug(error));
    },
  };
}
