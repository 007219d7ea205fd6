import { invoke, onReconnected } from '../js/circuit.js';
import { isWatched, onWatchedChange } from '../js/watched.js';

// Three elements lie on each other: an image for base64, a canvas for bytes, an image for the stream. The one that got a picture
// last shows. The server is told whether anybody can see it; again after a cut, which may have swallowed the news.
export function attach(root, owner) {
  const [image, canvas, stream] = root.querySelectorAll('.live-image');
  const elements = [image, canvas, stream];
  const pen = canvas.getContext('2d', { alpha: false });
  const stopping = new AbortController();
  const { signal } = stopping;
  let waiting = 0;

  const show = shown => {
    if (shown?.classList.contains('shown')) return;
    for (const element of elements) element.classList.toggle('shown', element === shown);
  };
  const paint = (picture, width, height) => {
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    pen.drawImage(picture, 0, 0);
    show(canvas);
  };
  const forgetStream = () => {
    clearInterval(waiting);
    stream.removeAttribute('src');
  };

  const tell = () => { invoke(owner, 'SetVisible', isWatched()); };
  onWatchedChange(tell, signal);
  onReconnected(tell, signal);
  image.addEventListener('load', () => show(image), { signal });
  if (image.naturalWidth > 0) show(image);
  tell();

  return {
    async paint(bytes, sequence) {
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
      paint(bitmap, bitmap.width, bitmap.height);
      bitmap.close();
      canvas.dataset.sequence = sequence;
    },
    startStream(address) {
      forgetStream();
      stream.src = address;
      // The load event of such an image comes at its first picture in some browsers and at its end in others.
      waiting = setInterval(() => {
        if (stream.naturalWidth === 0) return;
        clearInterval(waiting);
        show(stream);
      }, 50);
    },
    stopStream() {
      if (stream.naturalWidth > 0 && stream.classList.contains('shown')) paint(stream, stream.naturalWidth, stream.naturalHeight);
      forgetStream();
    },
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
