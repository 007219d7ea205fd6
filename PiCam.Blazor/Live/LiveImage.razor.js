import { invoke, onDisconnected, onReconnected } from '../js/circuit.js';
import { isWatched, onWatchedChange } from '../js/watched.js';

// Three elements lie on each other: an image for base64, a canvas for bytes, an image for the stream. The one that got a picture
// last shows. The server is told whether anybody can see it; again after a cut, which may have swallowed the news.
export function attach(root, owner) {
  const [image, canvas, stream] = root.querySelectorAll('.live-image');
  const elements = [image, canvas, stream];
  const pen = canvas.getContext('2d', { alpha: false });
  const stopping = new AbortController();
  const { signal } = stopping;
  let waiting = 0, attempt = 0;

  const show = shown => {
    if (shown?.classList.contains('shown')) return;
    for (const element of elements) element.classList.toggle('shown', element === shown);
  };
  const paint = (picture, width, height) => {
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    pen.drawImage(picture, 0, 0);
    delete canvas.dataset.sequence;
  };
  // A picture that was still being decoded when the stream took over must not hide it for good.
  const showUnlessStreaming = shown => { if (!stream.classList.contains('shown')) show(shown); };
  const forgetStream = () => {
    clearInterval(waiting);
    stream.removeAttribute('src');
  };
  // The canvas keeps the last picture on the page. A stream that broke off may have none left to give.
  const letGo = () => {
    if (stream.classList.contains('shown')) {
      if (stream.naturalWidth > 0) paint(stream, stream.naturalWidth, stream.naturalHeight);
      show(canvas);
    }
    forgetStream();
  };

  const tell = () => { invoke(owner, 'SetVisible', isWatched()); };
  onWatchedChange(tell, signal);
  onReconnected(tell, signal);
  // The server no longer counts on a stream whose page it cannot reach, and asks for a new one when it can.
  onDisconnected(letGo, signal);
  // Instead of the browser's sign for a broken image, the last picture.
  stream.addEventListener('error', letGo, { signal });
  image.addEventListener('load', () => showUnlessStreaming(image), { signal });
  if (image.naturalWidth > 0) show(image);
  tell();

  return {
    async paint(bytes, sequence) {
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      paint(bitmap, bitmap.width, bitmap.height);
      bitmap.close();
      canvas.dataset.sequence = sequence;
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
    // Nothing of what was seen stays in the page.
    clear() {
      forgetStream();
      canvas.width = canvas.height = 1;
      show(null);
    },
    stop() {
      stopping.abort();
      forgetStream();
    },
  };
}
