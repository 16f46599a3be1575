// Runs before the first paint, so that no page flashes in the wrong theme. The attribute data-theme is always set.
(() => {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const stored = () => {
    try {
      return localStorage.getItem('tidemark.theme');
    } catch {
      return null; // Storage may be switched off; the system's theme is used then.
    }
  };
  const apply = () => {
    const theme = stored();
    document.documentElement.dataset.theme = theme === 'light' || theme === 'dark' ? theme : system.matches ? 'dark' : 'light';
  };
  apply();
  system.addEventListener('change', apply);
})();
