// What the pixels of a picture say about its exposure and its focus. RGBA bytes in, as ImageData has them; nothing of the page is touched.

// Luma, 0…255, from which on (over) and down to which (under) there is no more detail to be had.
export const burntFrom = 250;
export const blackTo = 5;

// Marks, as a little-endian Uint32Array over RGBA bytes takes them. Burnt-out places are bright, black ones dark; so are not the stripes.
export const marks = { burnt: 0xff100d0b, black: 0xffffb47f, sharp: 0xfff23dff };

// Rec. 709 luma of every pixel, 0…255.
export function lumaOf(data, into = new Uint8Array(data.length / 4)) {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, into.length); // one look per pixel instead of three
  for (let i = 0; i < pixels.length; i++) {
    const pixel = pixels[i];
    into[i] = (54 * (pixel & 255) + 183 * (pixel >> 8 & 255) + 19 * (pixel >> 16 & 255)) >> 8;
  }
  return into;
}

// How often each level occurs in each channel; every step-th pixel of every step-th row is counted.
export function histogramOf(data, luma, width, height, step = 1) {
  const counts = { red: new Uint32Array(256), green: new Uint32Array(256), blue: new Uint32Array(256), luma: new Uint32Array(256) };
  const { red, green, blue } = counts;
  for (let y = 0; y < height; y += step) {
    for (let i = y * width, end = i + width; i < end; i += step) {
      const p = 4 * i;
      red[data[p]]++;
      green[data[p + 1]]++;
      blue[data[p + 2]]++;
      counts.luma[luma[i]]++;
    }
  }
  return counts;
}

// Of a luma histogram: the burnt-out and the black share and the mean, each 0…1.
export function clippingOf(counts) {
  let all = 0, burnt = 0, black = 0, sum = 0;
  counts.forEach((count, level) => {
    all += count;
    sum += count * level;
    if (level >= burntFrom) burnt += count;
    if (level <= blackTo) black += count;
  });
  return all === 0 ? { burnt: 0, black: 0, mean: 0 } : { burnt: burnt / all, black: black / all, mean: sum / all / 255 };
}

// Stripes over what is burnt out, and the other way round over what is black; the rest of "into" (one 32-bit number per pixel) is left alone.
export function markZebra(luma, width, height, into, period = 8) {
  const { burnt, black } = marks;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const level = luma[row + x];
      if (level > blackTo && level < burntFrom) continue;
      if (level >= burntFrom) {
        if ((x + y) % period < period / 2) into[row + x] = burnt;
      } else if ((x - y + height * period) % period < period / 2) into[row + x] = black;
    }
  }
}

// Marks edges that are steep within a pixel or two, which only what is in focus has.
export function markPeaks(luma, width, height, into, threshold = 72) {
  const { sharp } = marks;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1, end = i + width - 2; i < end; i++) {
      const steepness = Math.abs(luma[i + 1] - luma[i - 1]) + Math.abs(luma[i + width] - luma[i - width]);
      if (steepness >= threshold) into[i] = sharp;
    }
  }
}
