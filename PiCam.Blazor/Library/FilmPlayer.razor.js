import { invoke } from '../js/circuit.js';
import { showAt } from '../js/filmstrip.js';

const words = seconds => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, (seconds % 60).toFixed(2)];
  const two = text => String(text).padStart(text === rest ? 5 : 2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

// What both kinds of films can do: length, at (the time of the picture that is shown), playing, play(), pause(), go(to), step(±1), rate.

// One that the browser decodes.
function browserFilm(video, changed, broken, signal) {
  let shown = 0, going = null;
  const on = (name, handler) => video.addEventListener(name, handler, { signal });
  const pictures = 'requestVideoFrameCallback' in video;
  const look = (_, picture) => {
    shown = picture.mediaTime;
    changed();
    if (!signal.aborted) video.requestVideoFrameCallback(look);
  };
  if (pictures) video.requestVideoFrameCallback(look);
  for (const name of ['play', 'pause', 'ended', 'durationchange', 'timeupdate', 'seeked']) {
    on(name, () => {
      if (!pictures) shown = video.currentTime;
      changed();
    });
  }
  on('error', () => {
    arrived();
    broken();
  });

  // A film that got its index meanwhile is fetched anew, which stops it: it goes on where it was.
  let kept = null, wanted = false, there = Promise.resolve(), arrived = () => {};
  new MutationObserver(() => {
    kept ??= shown;
    there = new Promise(done => { arrived = done; });
  }).observe(video, { attributeFilter: ['src'] });
  on('loadedmetadata', () => {
    if (kept === null) return;
    video.addEventListener('seeked', arrived, { once: true, signal });
    video.currentTime = kept;
    kept = null;
    if (wanted) video.play().catch(() => {});
  });
  on('ended', () => { wanted = false; });

  // While one seek is under way the next waits: a hand on the slider asks for more than can be decoded.
  const go = to => {
    if (kept !== null) {
      kept = to;
      return;
    }
    const under = going !== null;
    going = Math.max(0, Math.min(to, video.duration || 0));
    if (!under) video.currentTime = going;
  };
  on('seeked', () => {
    const next = going;
    going = null;
    if (next !== null && Math.abs(next - video.currentTime) > 1e-4) go(next);
  });
  // Done when the picture of that time shows, or when it is the one that shows already: then no new one is told.
  const seek = to => new Promise(done => {
    const before = shown;
    video.addEventListener('seeked', () => {
      const since = performance.now();
      const look = () => { if (shown !== before || performance.now() - since > 150) done(); else requestAnimationFrame(look); };
      look();
    }, { once: true, signal });
    video.currentTime = to;
  });

  return {
    get length() { return Number.isFinite(video.duration) ? video.duration : 0; },
    get at() { return shown; },
    get playing() { return !video.paused && !video.ended; },
    play() {
      wanted = true;
      video.play().catch(() => {});
    },
    pause() {
      wanted = false;
      video.pause();
    },
    go,
    // Frames last as long as they last: the next one is looked for further and further ahead.
    async step(by) {
      this.pause();
      await there;
      const from = shown;
      if (by < 0) return await seek(Math.max(0, from - 0.002));
      for (let ahead = 1 / 120; shown === from && ahead < 4 && from + ahead < video.duration; ahead *= 2) await seek(from + ahead);
    },
    set rate(value) { video.playbackRate = value; },
  };
}

// One that the panel decodes, a picture at a time.
function servedFilm(image, { id, length, frame }, changed, broken, signal) {
  const [end, each] = [Number(length), Number(frame)];
  let at = 0, wanted = 0, loading = false, timer = 0, began = null, rate = 1;
  const fetch = () => {
    loading = true;
    image.src = `/api/media/${id}/frame.jpg?at=${wanted.toFixed(4)}`;
  };
  const want = to => {
    wanted = Math.max(0, Math.min(to, end - each));
    if (!loading) fetch();
  };
  const tick = () => {
    const to = began.at + (performance.now() - began.time) / 1000 * rate;
    want(to);
    if (to >= end) pause();
  };
  const pause = () => {
    clearTimeout(timer);
    began = null;
    changed();
  };
  image.addEventListener('load', () => {
    loading = false;
    const got = Number(new URL(image.src).searchParams.get('at'));
    at = got;
    changed();
    if (began) timer = setTimeout(tick, Math.max(0, each * 1000 / rate - 4));
    else if (Math.abs(got - wanted) > each / 2) fetch();
  }, { signal });
  image.addEventListener('error', () => {
    loading = false;
    pause();
    broken();
  }, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
  fetch();

  return {
    length: end,
    get at() { return at; },
    get playing() { return began !== null; },
    play() {
      began = { at: at >= end - each * 1.5 ? 0 : at, time: performance.now() };
      changed();
      tick();
    },
    pause,
    go(to) {
      if (began) began = { at: to, time: performance.now() };
      want(to);
    },
    async step(by) {
      pause();
      want(at + by * each);
    },
    set rate(value) {
      if (began) began = { at, time: performance.now() };
      rate = value;
    },
  };
}

export function attach(root, owner) {
  const stopping = new AbortController();
  const { signal } = stopping;
  const find = name => root.querySelector(`[data-${name}]`);
  const [element, seek, clip, preview] = ['film', 'seek', 'clip', 'preview'].map(find);
  const cut = root.querySelector('[data-do=cut]');
  let from = null, to = null, held = false;

  const show = () => {
    root.classList.toggle('playing', film.playing);
    root.querySelector('[data-do=play]').setAttribute('aria-pressed', film.playing);
    root.dataset.at = film.at;
    find('time').textContent = words(film.at);
    seek.max = film.length || Number(root.dataset.length) || 1;
    if (!held) seek.value = film.at;
    seek.setAttribute('aria-valuetext', words(film.at));
  };
  const mark = () => {
    root.querySelector('[data-do=from]')?.classList.toggle('set', from !== null);
    root.querySelector('[data-do=to]')?.classList.toggle('set', to !== null);
    const [begin, end] = [from ?? 0, to ?? film.length];
    clip.hidden = from === null && to === null;
    clip.style.left = `${begin / film.length * 100}%`;
    clip.style.width = `${Math.max(0, end - begin) / film.length * 100}%`;
    if (cut) cut.disabled = clip.hidden || end - begin < 0.1;
  };
  const broken = () => { find('broken').hidden = false; };
  const film = element.tagName === 'VIDEO'
    ? browserFilm(element, () => show(), broken, signal)
    : servedFilm(element, root.dataset, () => show(), broken, signal);

  const acts = {
    play() { if (film.playing) film.pause(); else film.play(); },
    step(button) { film.step(Number(button.dataset.by)); },
    still() { film.pause(); return invoke(owner, 'StillAsync', film.at); },
    from() { from = from === film.at ? null : film.at; if (to !== null && to <= from) to = null; mark(); },
    to() { to = to === film.at ? null : film.at; if (from !== null && from >= to) from = null; mark(); },
    async cut() {
      cut.disabled = true;
      await invoke(owner, 'CutAsync', from ?? 0, Math.min(to ?? film.length, Number(root.dataset.length) || Infinity));
      [from, to] = [null, null];
      mark();
    },
  };
  root.addEventListener('click', e => {
    const button = e.target.closest('[data-do]');
    if (button) acts[button.dataset.do](button);
    else if (e.target.closest('[data-screen]')) acts.play();
  }, { signal });
  seek.addEventListener('input', () => { held = true; film.go(Number(seek.value)); }, { signal });
  seek.addEventListener('change', () => { held = false; }, { signal });
  find('rate').addEventListener('change', e => { film.rate = Number(e.target.value); }, { signal });

  // What is where, before one goes there.
  seek.addEventListener('pointermove', e => {
    if (e.pointerType !== 'mouse') return;
    const box = seek.getBoundingClientRect();
    const part = showAt(preview.firstElementChild, e, box);
    preview.hidden = false;
    preview.style.left = `${Math.max(80, Math.min(box.width - 80, part * box.width))}px`;
    preview.lastElementChild.textContent = words(part * film.length);
  }, { signal });
  seek.addEventListener('pointerleave', () => { preview.hidden = true; }, { signal });
  show();
  find('own').inert = false;
  return { stop() { film.pause(); stopping.abort(); } };
}
