import { invoke, onDisconnected, onReconnected } from '../js/circuit.js';
import { pictureHeight, pictureWidth } from '../js/picture.js';
import { isWatched, onWatchedChange } from '../js/watched.js';
import { canFilm, openFilm } from '../js/film.js';

// Five elements lie on each other: an image for base64, a canvas for bytes, an image for the stream, a canvas and a video for the film. The one
// that got a picture last shows. The server is told whether anybody can see it; again after a cut, which may have swallowed the news.
export function attach(root, owner) {
  const elements = [...root.querySelectorAll('.live-image')];
  const [image, canvas, stream, filmCanvas, filmVideo] = elements;
  const pen = canvas.getContext('2d', { alpha: false });
  const stopping = new AbortController();
  const { signal } = stopping;
  const stage = root.closest('.stage');
  let waiting = 0, attempt = 0, film = null;
  // When the newest picture came, and the one before it.
  let newest = performance.now(), previous = newest, held = false;

  const came = () => { [previous, newest] = [newest, performance.now()]; };
  const expect = () => { previous = newest = performance.now(); };
  const show = shown => {
    if (shown?.classList.contains('shown')) return;
    for (const element of elements) element.classList.toggle('shown', element === shown);
  };
  const paint = (picture, width, height) => {
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    pen.drawImage(picture, 0, 0);
    delete canvas.dataset.sequence;
  };
  // A picture that was still being decoded when a stream took over must not hide it for good.
  const showUnlessStreaming = shown => {
    if (![stream, filmCanvas, filmVideo].some(element => element.classList.contains('shown'))) show(shown);
  };
  const forgetStream = () => {
    clearInterval(waiting);
    stream.removeAttribute('src');
  };
  // The canvas keeps the last picture on the page. One that broke off may have none left to give.
  const keep = (...given) => {
    const last = given.find(element => element.classList.contains('shown'));
    if (!last) return;
    if (pictureWidth(last) > 0) paint(last, pictureWidth(last), pictureHeight(last));
    show(canvas);
  };
  const letGo = () => {
    keep(stream);
    forgetStream();
  };

  const letGoOfFilm = () => {
    const ending = film;
    film = null;
    keep(filmCanvas, filmVideo);
    ending?.close();
  };

  const tell = () => { invoke(owner, 'SetVisible', isWatched()); };
  // A link is dead for some time before anybody knows: meanwhile nothing says that what stands still is live, and then not before pictures come as
  // they should. Of a stream's pictures a page hears nothing.
  const holding = setInterval(() => {
    const patience = stage.querySelector('[data-patience]')?.dataset.patience;
    if (!patience || !isWatched() || stream.classList.contains('shown')) expect();
    held = performance.now() - (held ? previous : newest) > 1000 * patience;
    stage.toggleAttribute('data-held', held);
  }, 250);
  onWatchedChange(() => { expect(); tell(); }, signal);
  onReconnected(tell, signal);
  // The server no longer counts on a stream whose page it cannot reach, and asks for a new one when it can.
  onDisconnected(() => { letGo(); letGoOfFilm(); }, signal);
  // Instead of the browser's sign for a broken image, the last picture.
  stream.addEventListener('error', letGo, { signal });
  image.addEventListener('load', () => { came(); showUnlessStreaming(image); }, { signal });
  if (image.naturalWidth > 0) show(image);
  tell();

  return {
    async paint(bytes, sequence) {
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      paint(bitmap, bitmap.width, bitmap.height);
      bitmap.close();
      canvas.dataset.sequence = sequence;
      came();
      showUnlessStreaming(canvas);
    },
    startStream(address) {
      letGo();
      // Another address each time: a browser may take a broken stream for a picture that it has already.
      stream.src = `${address}&attempt=${++attempt}`;
      // The load event of such an image comes at its first picture in some browsers and at its end in others.
      waiting = setInterval(() => {
        if (stream.naturalWidth === 0) return;
        clearInterval(waiting);
        show(stream);
      }, 50);
    },
    stopStream: letGo,
    canFilm,
    startFilm(address) {
      letGoOfFilm();
      const opened = openFilm(address, filmCanvas, filmVideo, shown => {
        if (film !== opened) return;
        came();
        show(shown);
      });
      film = opened;
    },
    stopFilm: letGoOfFilm,
    // Nothing of what was seen stays in the page.
    clear() {
      forgetStream();
      film?.close();
      film = null;
      canvas.width = canvas.height = filmCanvas.width = filmCanvas.height = 1;
      show(null);
    },
    stop() {
      stopping.abort();
      clearInterval(holding);
      forgetStream();
      film?.close();
    },
  };
}
