import { invoke } from '../../js/circuit.js';
import { clippingOf, histogramOf, lumaOf, markPeaks, markZebra } from '../../js/exposure.js';
import { openLoupe } from '../../js/loupe.js';
import { currentPicture, pictureHeight, pictureWidth } from '../../js/picture.js';
import { get, set } from '../../js/remembered.js';

const coarse = 320; // px wide is the picture that is measured
const fine = 640; // and that in which sharp edges are looked for
const widest = 1920; // px; more nobody sees on the overlay
const streamInterval = 100; // ms; a stream does not tell when it has a new picture
const readInterval = 90; // ms; to read the pixels is what costs, and nobody reads a histogram or a zebra faster
const wordsInterval = 2000; // ms between two changes of the words
const grids = ['', 'thirds', 'cross'];

// Works only while something is on and can be seen: at most once per new picture and per frame of the page.
export function attach(root, owner) {
  const part = name => root.querySelector(`.${name}`);
  const [histogram, words, focus, loupe] = ['histogram', 'words', 'focus', 'loupe'].map(part);
  const curves = histogram.getContext('2d');
  const surface = document.querySelector('.surface');
  const orientation = document.querySelector('.orientation');
  const pictures = orientation.querySelector('.pictures');
  const stopping = new AbortController();
  const { signal } = stopping;
  let working = null; // what ends the work; null while there is none
  let due = 0, overlay = null, drawn = '', small = null, spoken = 0, readAt = 0, later = 0, peak = 0, measuring = false;

  const on = { Histogram: false, Zebra: false, Focus: false, Loupe: false, Mute: false, Grid: '' };
  for (const word of (get('instruments') ?? '').split(' ')) {
    const [name, value] = word.split(':');
    if (name === 'Grid' && grids.includes(value)) on.Grid = value;
    else if (name !== 'Mute' && on[name] === false) on[name] = true;
  }
  const wanted = name => Boolean(on[name]) && !on.Mute;
  const seen = () => 'live' in root.dataset && !document.hidden && !signal.aborted;
  const marking = () => wanted('Zebra') || wanted('Focus');
  const speaking = () => wanted('Histogram') || wanted('Zebra');

  const apply = () => {
    for (const button of root.querySelectorAll('[data-instrument]')) {
      button.setAttribute('aria-pressed', Boolean(on[button.dataset.instrument]));
    }
    const choice = part('choice');
    choice.textContent = on.Grid ? choice.dataset[on.Grid] : '';
    // What others draw on the picture goes, too: the stamp as it would be.
    root.closest('.stage')?.toggleAttribute('data-muted', on.Mute);
    const work = seen() && ['Histogram', 'Zebra', 'Focus', 'Grid', 'Loupe'].some(wanted);
    if (work && !working) begin();
    if (!work) end();
    const measure = work && wanted('Focus');
    if (measure !== measuring && !signal.aborted) {
      measuring = measure;
      peak = 0;
      invoke(owner, 'MeasureFocus', measure);
    }
    showFocus();
    if (!work) return;
    histogram.hidden = !wanted('Histogram');
    if (!speaking()) { words.hidden = true; words.textContent = ''; spoken = 0; }
    loupe.hidden = !wanted('Loupe');
    if (!marking() && !wanted('Grid')) { overlay?.remove(); overlay = null; }
    drawn = '';
    readAt = 0;
    schedule();
  };
  const toggle = name => {
    if (name === 'Grid') on.Grid = grids[(grids.indexOf(on.Grid) + 1) % grids.length];
    else on[name] = !on[name];
    // Who switches something on wants to see it.
    if (name !== 'Mute' && on[name]) on.Mute = false;
    set('instruments', Object.entries(on).filter(([key, value]) => value && key !== 'Mute')
      .map(([key, value]) => value === true ? key : `${key}:${value}`).join(' '));
    apply();
  };

  const begin = () => {
    working = new AbortController();
    const ended = working.signal;
    // A new picture: an image has loaded, the canvas has another number, another element shows. Or it lies elsewhere.
    document.addEventListener('load', e => { if (e.target === currentPicture()) schedule(); }, { capture: true, signal: ended });
    const changes = new MutationObserver(schedule);
    changes.observe(pictures, { subtree: true, attributeFilter: ['class', 'data-sequence'] });
    changes.observe(orientation, { attributeFilter: ['style'] });
    const sizes = new ResizeObserver(schedule);
    sizes.observe(surface);
    const stream = pictures.querySelector('[data-carries=Mjpeg]');
    const looking = setInterval(() => { if (currentPicture() === stream) schedule(); }, streamInterval);
    ended.addEventListener('abort', () => {
      changes.disconnect();
      sizes.disconnect();
      clearInterval(looking);
    });
  };
  // Nothing of the picture stays behind.
  const end = () => {
    working?.abort();
    cancelAnimationFrame(due);
    clearTimeout(later);
    overlay?.remove();
    working = overlay = small = null;
    due = later = spoken = readAt = 0;
    for (const shown of [histogram, words, loupe]) shown.hidden = true;
    words.textContent = '';
    curves.clearRect(0, 0, histogram.width, histogram.height);
    lens.clear();
  };
  const schedule = () => { if (working) due ||= requestAnimationFrame(look); };
  const lens = openLoupe(loupe, surface, orientation, schedule, signal);

  function look() {
    due = 0;
    const picture = currentPicture();
    const width = pictureWidth(picture), height = pictureHeight(picture);
    if (!width || !height) return;
    const marked = marking();
    const now = performance.now();
    const reading = marked || speaking(), rest = readInterval - (now - readAt);
    const read = reading && !(readAt && rest > 0) ? analyse(picture, width, height, speaking()) : null;
    if (read) readAt = now;
    // The last picture before a pause gets its turn, too.
    else if (reading) later ||= setTimeout(() => { later = 0; schedule(); }, rest);
    if (marked || wanted('Grid')) drawOverlay(width, height, marked ? small?.maskPen.canvas : null, Boolean(read));
    if (wanted('Loupe')) lens.draw(picture, width, height);
    if (read?.counts) {
      if (wanted('Histogram')) drawHistogram(read.counts);
      speak(read.counts.luma);
    }
  }

  // The picture, small, and what is to be marked in it. The memory is kept from one to the next.
  function analyse(picture, pictureWide, pictureHigh, count) {
    const width = Math.min(pictureWide, wanted('Focus') ? fine : coarse);
    const height = Math.max(1, Math.round(width * pictureHigh / pictureWide));
    if (small?.width !== width || small.height !== height) {
      const mask = new ImageData(width, height);
      small = {
        width, height, mask,
        pen: new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true }),
        maskPen: new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }),
        marks: new Uint32Array(mask.data.buffer),
        luma: new Uint8Array(width * height),
      };
    }
    small.pen.drawImage(picture, 0, 0, width, height);
    const { data } = small.pen.getImageData(0, 0, width, height);
    lumaOf(data, small.luma);
    if (marking()) {
      small.marks.fill(0);
      if (wanted('Focus')) markPeaks(small.luma, width, height, small.marks);
      if (wanted('Zebra')) markZebra(small.luma, width, height, small.marks, width > coarse ? 8 : 4);
      small.maskPen.putImageData(small.mask, 0, 0);
    }
    return { counts: count ? histogramOf(data, small.luma, width, height, width > coarse ? 2 : 1) : null };
  }

  // It lies in the box that turns and mirrors the picture, fitted in like the picture: whatever moves that moves it.
  function drawOverlay(width, height, mask, fresh) {
    if (!overlay) {
      overlay = document.createElement('canvas');
      overlay.className = 'overlay';
      overlay.setAttribute('aria-hidden', 'true');
      overlay.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;object-fit:contain;pointer-events:none';
      orientation.append(overlay);
    }
    const box = orientation.getBoundingClientRect();
    const turned = surface.classList.contains('turned');
    const [wide, high] = turned ? [box.height, box.width] : [box.width, box.height];
    const across = Math.min(widest, Math.round(Math.min(wide, high * width / height) * devicePixelRatio));
    const down = Math.round(across * height / width);
    const now = `${across} ${down} ${on.Grid} ${Boolean(mask)}`;
    if (!fresh && now === drawn) return;
    drawn = now;
    if (overlay.width !== across || overlay.height !== down) Object.assign(overlay, { width: across, height: down });
    const pen = overlay.getContext('2d');
    pen.clearRect(0, 0, across, down);
    pen.imageSmoothingEnabled = false;
    if (mask) pen.drawImage(mask, 0, 0, across, down);
    if (wanted('Grid')) drawGrid(pen, across, down);
  }

  function drawGrid(pen, width, height) {
    pen.beginPath();
    const line = (x0, y0, x1, y1) => { pen.moveTo(x0, y0); pen.lineTo(x1, y1); };
    if (on.Grid === 'thirds') {
      for (const third of [1 / 3, 2 / 3]) {
        const x = Math.floor(width * third) + 0.5, y = Math.floor(height * third) + 0.5;
        line(x, 0, x, height);
        line(0, y, width, y);
      }
    } else {
      const x = Math.floor(width / 2) + 0.5, y = Math.floor(height / 2) + 0.5, arm = Math.min(width, height) / 12;
      line(x - arm, y, x + arm, y);
      line(x, y - arm, x, y + arm);
    }
    // A dark seam, so that the lines are seen on a bright sky, too.
    for (const [colour, thickness] of [['rgb(11 13 16 / .5)', 3], ['rgb(255 255 255 / .75)', 1]]) {
      Object.assign(pen, { strokeStyle: colour, lineWidth: thickness * Math.max(1, Math.round(devicePixelRatio)) });
      pen.stroke();
    }
  }

  function drawHistogram(counts) {
    const { width, height } = histogram;
    // The ends hold what is clipped, and would press down all the rest.
    let most = 1;
    for (const channel of Object.values(counts)) for (let level = 1; level < 255; level++) if (channel[level] > most) most = channel[level];
    curves.clearRect(0, 0, width, height);
    const shape = channel => {
      curves.beginPath();
      curves.moveTo(0, height);
      for (let level = 0; level < 256; level++) curves.lineTo(level + 0.5, height - Math.min(1, channel[level] / most) * (height - 4));
      curves.lineTo(width, height);
    };
    curves.globalCompositeOperation = 'lighter';
    for (const [name, colour] of [['red', '#d0342c'], ['green', '#2a9d4a'], ['blue', '#3568d4']]) {
      shape(counts[name]);
      curves.fillStyle = colour;
      curves.fill();
    }
    curves.globalCompositeOperation = 'source-over';
    shape(counts.luma);
    curves.strokeStyle = '#e8eaed';
    curves.lineWidth = 1.5;
    curves.stroke();
  }

  // In words, for those who do not see the picture, and at a pace at which words can be read or heard.
  function speak(luma) {
    const now = performance.now();
    if (spoken && now - spoken < wordsInterval) return;
    spoken = now;
    const { burnt, black, mean } = clippingOf(luma);
    const percent = share => share < 0.01 ? '< 1 %' : `${Math.round(share * 100)} %`;
    const texts = [];
    if (burnt > 0) texts.push(root.dataset.burnt.replace('{0}', percent(burnt)));
    if (black > 0) texts.push(root.dataset.black.replace('{0}', percent(black)));
    const text = texts.join(' · ') || root.dataset.none;
    if (words.textContent !== text) words.textContent = text;
    words.hidden = false;
    histogram.setAttribute('aria-label', `${root.dataset.mean.replace('{0}', percent(mean))} ${text}`);
  }

  // The camera's own figure, against the best since it was begun: one turns the lens until the bar is at the mark again.
  function showFocus() {
    const value = Number(root.dataset.focus);
    focus.hidden = !(measuring && 'focus' in root.dataset);
    if (focus.hidden) return;
    peak = Math.max(peak, value);
    const full = Math.max(peak * 1.1, 1);
    part('bar').style.width = `${value / full * 100}%`;
    part('peak').style.left = `${peak / full * 100}%`;
    part('value').textContent = value;
    const meter = part('meter');
    meter.setAttribute('aria-valuemax', Math.round(full));
    meter.setAttribute('aria-valuenow', value);
    meter.setAttribute('aria-valuetext', `${value} / ${peak}`);
  }

  root.addEventListener('click', e => {
    const name = e.target.closest('[data-instrument]')?.dataset.instrument;
    if (name) toggle(name);
    else if (e.target.closest('.again')) { peak = 0; showFocus(); }
  }, { signal });
  document.addEventListener('visibilitychange', apply, { signal });
  const told = new MutationObserver(changes => {
    if (changes.some(change => change.attributeName === 'data-live')) apply();
    else showFocus();
  });
  told.observe(root, { attributeFilter: ['data-live', 'data-focus'] });
  apply();

  return {
    stop() {
      stopping.abort();
      told.disconnect();
      end();
    },
  };
}
