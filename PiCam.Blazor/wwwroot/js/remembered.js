// What this browser is to remember; in private windows, where it may not, it is forgotten with the page.
const forgotten = new Map();

export function get(name) {
  try {
    return localStorage.getItem(`picam-${name}`);
  } catch {
    return forgotten.get(name) ?? null;
  }
}

export function set(name, value) {
  try {
    localStorage.setItem(`picam-${name}`, value);
  } catch {
    forgotten.set(name, value);
  }
}
