// The theme lives in a cookie, so that the server renders the right one before any script runs.

export function use(theme) {
  document.documentElement.dataset.theme = theme;
  document.querySelector('meta[name=color-scheme]')?.setAttribute('content', theme);
  document.cookie = `picam-theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}
