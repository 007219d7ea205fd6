// The live film: parts of a fragmented MP4 with one picture each, over a socket. Decoded by WebCodecs onto a canvas; where the browser keeps those
// from pages that came over plain HTTP, by Media Source Extensions in a video element. Every picture is answered: its number, and how many
// milliseconds later than that it is seen.
const Header = 1;
const usual = 'avc1.64001F';
const mime = codec => `video/mp4; codecs="${codec}"`;
const Source = () => self.ManagedMediaSource ?? self.MediaSource;

let decodes = false;

// Whether this browser can show it, and by what; asked before the first film.
export async function canFilm() {
  decodes = 'VideoDecoder' in self && (await VideoDecoder.isConfigSupported({ codec: usual })).supported;
  return decodes || (Source()?.isTypeSupported(mime(usual)) ?? false);
}

export function openFilm(address, canvas, video, show) {
  const url = new URL(address, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const answer = (number, later) => {
    if (socket.readyState !== WebSocket.OPEN) return;
    const message = new DataView(new ArrayBuffer(6));
    message.setUint32(0, number);
    message.setUint16(4, Math.min(65535, Math.max(0, Math.round(later))));
    socket.send(message.buffer);
  };
  // What cannot be decoded is asked for anew: the server sees the socket go, and has the page open another.
  const fail = error => { console.debug('film', error); socket.close(); };
  const player = decodes ? decoding(canvas, show, answer, fail) : playing(video, show, answer, fail);
  socket.onmessage = ({ data }) => {
    const view = new DataView(data);
    try {
      if (view.getUint8(0) === Header) {
        const length = view.getUint8(1);
        player.begin(new TextDecoder().decode(new Uint8Array(data, 2, length)), new Uint8Array(data, 2 + length));
      } else {
        player.add(view.getUint32(2), view.getUint8(1) === 1, new Uint8Array(data, 6));
      }
    } catch (error) {
      fail(error);
    }
  };
  return { close() { socket.onmessage = null; socket.close(); player.end(); } };
}

// By WebCodecs: each picture is drawn as soon as it is there.
function decoding(canvas, show, answer, fail) {
  const pen = canvas.getContext('2d', { alpha: false });
  let decoder = null;
  const draw = picture => {
    const [width, height] = [picture.displayWidth, picture.displayHeight];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    pen.drawImage(picture, 0, 0, width, height);
    canvas.dataset.sequence = picture.timestamp;
    answer(picture.timestamp, 0);
    picture.close();
    show(canvas);
  };
  const end = () => { if (decoder && decoder.state !== 'closed') decoder.close(); };
  return {
    begin(codec, header) {
      end();
      decoder = new VideoDecoder({ output: draw, error: fail });
      decoder.configure({ codec, description: configuration(header), optimizeForLatency: true });
    },
    // Of the part only what the decoder wants: its second box without its own eight bytes. The time is the number: nothing waits for it.
    add(number, isKey, part) {
      const data = part.subarray(new DataView(part.buffer, part.byteOffset).getUint32(0) + 8);
      decoder.decode(new EncodedVideoChunk({ type: isKey ? 'key' : 'delta', timestamp: number, data }));
    },
    end,
  };
}

// The box avcC without its own eight bytes (ISO/IEC 14496-15).
function configuration(header) {
  const at = header.findIndex((_, i) => header[i] === 0x61 && header[i + 1] === 0x76 && header[i + 2] === 0x63 && header[i + 3] === 0x43);
  const size = new DataView(header.buffer, header.byteOffset).getUint32(at - 4);
  return header.slice(at + 4, at - 4 + size);
}

// By Media Source Extensions: the browser plays, and is kept close to the newest picture. What it has not played nearly is not answered yet, so that the
// server skips for a browser that plays too slowly as for a link that carries too little.
function playing(video, show, answer, fail) {
  const [kept, ahead] = [30, 0.3]; // s
  const due = [];
  const source = new (Source())();
  const waiting = [];
  let buffer = null, removed = 0, ended = false;
  const address = URL.createObjectURL(source);
  video.disableRemotePlayback = true;
  video.src = address;
  source.addEventListener('sourceopen', () => { URL.revokeObjectURL(address); pump(); }, { once: true });
  video.onerror = () => fail(video.error);

  const follow = () => {
    const { buffered } = video;
    if (!buffered.length) return 0;
    const [start, end] = [buffered.start(buffered.length - 1), buffered.end(buffered.length - 1)];
    if (video.currentTime < start || end - video.currentTime > 1) video.currentTime = Math.max(start, end - 0.05);
    const late = end - video.currentTime;
    video.playbackRate = late > 0.3 ? 1.5 : late > 0.12 ? 1.15 : 1;
    if (video.paused) video.play().catch(error => console.debug('film', error));
    return end;
  };
  const settle = () => {
    const starves = video.paused || video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    while (due.length && (starves || due[0].end - video.currentTime <= ahead)) {
      const { number, end } = due.shift();
      answer(number, 1000 * (end - video.currentTime));
    }
  };
  video.ontimeupdate = video.onwaiting = settle;
  const pump = () => {
    try {
      append();
    } catch (error) {
      fail(error);
    }
  };
  const append = () => {
    if (ended || source.readyState !== 'open' || buffer?.updating || !waiting.length) return;
    const { codec, number, data } = waiting.shift();
    if (codec && !buffer) {
      buffer = source.addSourceBuffer(mime(codec));
      // Each film goes on where the one before ended, and what was skipped leaves no hole.
      buffer.mode = 'sequence';
      buffer.addEventListener('error', fail);
    } else if (codec) {
      buffer.abort();
      buffer.changeType(mime(codec));
      buffer.mode = 'sequence';
    }
    buffer.addEventListener('updateend', () => {
      if (ended) return;
      if (number !== undefined) {
        due.push({ number, end: follow() });
        settle();
        video.dataset.sequence = number;
        if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) show(video);
      }
      if (video.currentTime - removed > 2 * kept) {
        removed = video.currentTime - kept;
        buffer.addEventListener('updateend', pump, { once: true });
        buffer.remove(0, removed);
      } else {
        pump();
      }
    }, { once: true });
    buffer.appendBuffer(data);
  };
  return {
    begin(codec, header) { waiting.push({ codec, data: header }); pump(); },
    add(number, isKey, part) { waiting.push({ number, data: part }); pump(); },
    end() {
      ended = true;
      URL.revokeObjectURL(address);
      waiting.length = 0;
      video.onerror = video.ontimeupdate = video.onwaiting = null;
      video.removeAttribute('src');
      video.load();
    },
  };
}
