/** Keyboard: pages register plain keys; typing into fields is never taken over, except by Escape. */

/** @type {Map<string, (e: KeyboardEvent) => void>[]} */
const layers = [];

/**
 * @param {Record<string, (e: KeyboardEvent) => void>} bindings keys as in KeyboardEvent.key
 * @returns {() => void} removes them
 */
export function bind(bindings) {
  const layer = new Map(Object.entries(bindings));
  layers.push(layer);
  return () => {
    const at = layers.indexOf(layer);
    if (at >= 0) layers.splice(at, 1);
  };
}

function typing(target) {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
  if (typing(e.target)) {
    if (e.key === 'Escape') /** @type {HTMLElement} */ (e.target).blur();
    return;
  }
  if (document.querySelector('dialog[open]')) return; // its own keys, and nothing of the page below
  const onControl = e.target instanceof HTMLElement && e.target.closest('button, a, summary');
  if (e.key === 'Enter' && onControl) return;
  for (let i = layers.length - 1; i >= 0; i--) {
    const action = layers[i].get(e.key);
    if (action) {
      e.preventDefault();
      action(e);
      return;
    }
  }
});
