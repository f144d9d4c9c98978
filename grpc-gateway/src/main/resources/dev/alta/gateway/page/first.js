// Runs before the first paint: the theme that was chosen, and a word about any file of the page that cannot be loaded.
(() => {
  const theme = (() => {
    try {
      return localStorage.getItem('alta.theme');
    } catch {
      return null; // Storage is switched off; the system's theme it is.
    }
  })();
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
  window.addEventListener('error', (event) => {
    const file = event.target?.src ?? event.target?.href;
    if (file) {
      const box = document.createElement('p');
      box.className = 'missing';
      box.setAttribute('role', 'alert');
      box.textContent = `A file of the page could not be loaded: ${file}. Reload; if it stays, look into the gateway’s log.`;
      document.body?.prepend(box);
    }
  }, true);
})();
