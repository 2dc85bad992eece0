const key = 'signalbox.reloadedAt';
const pauseMs = 10_000;

/**
 * After an upgrade of the server the hashed files that an open tab wants are gone; loading the page anew fetches the new
 * ones. Not twice within ten seconds, so that a file that is truly missing shows as an error.
 */
export function reloadOnceWhenAssetsAreGone(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(sessionStorage.getItem(key) ?? 0);
    if (Date.now() - last < pauseMs) return;
    sessionStorage.setItem(key, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
