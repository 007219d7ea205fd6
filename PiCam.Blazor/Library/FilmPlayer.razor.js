import { invoke } from '../js/circuit.js';
import { showAt } from '../js/filmstrip.js';

const words = seconds => {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, (seconds % 60).toFixed(2)];
  const two = text => String(text).padStart(text === rest ? 5 : 2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
};

// What both kinds of films can do: length, at (the time of the picture that is shown), playing, seeking, play(), pause(), go(to), step(±1), rate.

// One that the browser decodes.
function browserFilm(video, changed, broken, signal) {
  let shown = 0, wanted = false, loaded = video.readyState >= 2, fetches = 0, pictured = () => {};
  const on = (name, handler) => video.addEventListener(name, handler, { signal });
  const pictures = 'requestVideoFrameCallback' in video;
  const look = (_, picture) => {
    // The first picture of a film that is fetched anew is not the one that it goes on with.
    if (loaded || shown === 0) shown = picture.mediaTime;
    loaded ||= video.readyState >= 2;
    pictured();
    changed();
    if (!signal.aborted) video.requestVideoFrameCallback(look);
  };
  if (pictures) video.requestVideoFrameCallback(look);
  for (const name of ['play', 'pause', 'ended', 'durationchange', 'timeupdate', 'seeked']) {
    on(name, () => {
      if (!pictures && loaded) shown = video.currentTime;
      changed();
    });
  }
  on('error', () => broken(true));
  on('loadstart', () => broken(false));
  on('ended', () => { wanted = false; });
  if (!pictures) on('loadeddata', () => { loaded = true; });

  const next = (...names) => new Promise(done => {
    const heard = new AbortController();
    for (const name of names) {
      video.addEventListener(name, () => {
        heard.abort();
        done(name);
      }, { signal: heard.signal });
    }
  });
  const late = () => new Promise(done => setTimeout(done, 3000, 'late'));
  // Some phones fetch no picture of a film before one is sought or played.
  const begun = async () => {
    if (video.readyState >= 2) return 'loadeddata';
    const fetched = next('loadeddata', 'emptied', 'error');
    if (video.readyState < 1) {
      const how = await next('loadedmetadata', 'emptied', 'error');
      if (how !== 'loadedmetadata') return how;
    }
    return Promise.race([fetched, late()]);
  };
  // Whether the picture came that follows what is begun. Browsers tell of the first picture and of one after each seek, of the same one
  // too; one that does not is not waited for.
  const picturedAfter = async begin => {
    const fetch = fetches;
    const picture = new Promise(done => { pictured = done; });
    const how = await begin();
    if (pictures && !['emptied', 'error', 'late'].includes(how)) await Promise.race([picture, late()]);
    return how !== 'emptied' && fetch === fetches;
  };
  // Done when the picture of that time shows, or when there is none to come.
  const seek = async to => {
    for (;;) {
      // The first picture of a film that is fetched comes by itself: it must not be taken for the one that is sought.
      while (!loaded && !video.error) {
        loaded = await picturedAfter(begun);
      }
      const end = Math.min(to, video.duration);
      if (video.error || Math.abs(end - video.currentTime) < 1e-6) return;
      const there = await picturedAfter(() => {
        const arrived = next('seeked', 'emptied', 'error');
        video.currentTime = end;
        return arrived;
      });
      if (there) return;
    }
  };

  // One after the other. A hand on the slider asks for more than can be decoded: it gets the last of them.
  let moving = Promise.resolve(), waiting = 0, target = null, steps = 0;
  const then = act => {
    waiting++;
    changed();
    moving = moving.then(act).catch(reportError).then(() => {
      waiting--;
      changed();
    });
  };
  const go = to => {
    const waits = target !== null;
    target = Math.max(0, to);
    if (waits) return;
    then(() => {
      const at = target;
      target = null;
      return seek(at);
    });
  };

  // A film that got its index meanwhile is fetched anew, which stops it: it goes on where it was.
  new MutationObserver(() => {
    loaded = false;
    fetches++;
    // Where that will be: a step may be on its way.
    then(() => seek(shown));
    then(() => { if (wanted) video.play().catch(() => {}); });
  }).observe(video, { attributeFilter: ['src'] });

  return {
    get length() { return Number.isFinite(video.duration) ? video.duration : 0; },
    get at() { return shown; },
    get playing() { return !video.paused && !video.ended; },
    get seeking() { return waiting > 0; },
    play() {
      wanted = true;
      video.play().catch(() => {});
    },
    pause() {
      wanted = false;
      video.pause();
    },
    go,
    // A key that is held down does not run on when it is let go.
    step(by) {
      this.pause();
      if (steps > 1) return;
      steps++;
      then(async () => {
        const from = shown;
        if (by < 0) await seek(Math.max(0, from - 0.002));
        // Frames last as long as they last: the next one is looked for further and further ahead.
        else for (let ahead = 1 / 120; shown <= from && ahead < 4 && from + ahead < video.duration; ahead *= 2) await seek(from + ahead);
        steps--;
      });
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
    changed();
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
    broken(false);
    changed();
    if (began) timer = setTimeout(tick, Math.max(0, each * 1000 / rate - 4));
    else if (Math.abs(got - wanted) > each / 2) fetch();
  }, { signal });
  image.addEventListener('error', () => {
    loading = false;
    pause();
    broken(true);
  }, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));

  // When whoever is told of changes has the film.
  queueMicrotask(fetch);

  return {
    length: end,
    get at() { return at; },
    get playing() { return began !== null; },
    get seeking() { return loading && !began; },
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
    step(by) {
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
    root.classList.toggle('seeking', film.seeking);
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
  const broken = is => { find('broken').hidden = !is; };
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
