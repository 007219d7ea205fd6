// The live picture in a small window over all others (picture-in-picture), which browsers offer for video only: the picture
// is painted on a canvas, and the canvas is the video's source.
import { currentPicture, pictureHeight, pictureWidth } from './picture.js';
import { setFloating } from './watched.js';

export const canFloat = document.pictureInPictureEnabled === true
  && 'requestPictureInPicture' in HTMLVideoElement.prototype
  && 'captureStream' in HTMLCanvasElement.prototype;

// Opens the window; "changed" hears whether it is open. Returns what closes it.
// Throws when there is no picture, or when the browser does not want to.
export async function float(changed) {
  const ending = new AbortController();
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { alpha: false });
  let painted = 0;
  const paint = () => {
    const picture = currentPicture();
    const width = pictureWidth(picture);
    const height = pictureHeight(picture);
    if (!width || !height) return false;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    pen.drawImage(picture, 0, 0);
    painted = performance.now();
    return true;
  };
  if (!paint()) throw new Error('There is no picture yet.');

  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = canvas.captureStream();
  const end = () => {
    if (ending.signal.aborted) return;
    ending.abort();
    for (const track of video.srcObject.getTracks()) track.stop();
    setFloating(false);
    changed(false);
  };
  try {
    // Images tell when they have changed (load does not bubble, but it can be caught on its way down); what does not tell is
    // looked at.
    document.addEventListener('load', event => { if (event.target === currentPicture()) paint(); }, { capture: true, signal: ending.signal });
    const looking = setInterval(() => { if (performance.now() - painted > 150) paint(); }, 66);
    ending.signal.addEventListener('abort', () => clearInterval(looking));
    await video.play();
    video.addEventListener('leavepictureinpicture', end);
    await video.requestPictureInPicture();
  } catch (error) {
    end();
    throw error;
  }
  setFloating(true);
  changed(true);
  return () => {
    if (document.pictureInPictureElement === video) document.exitPictureInPicture().catch(error => console.debug(error));
    end();
  };
}
