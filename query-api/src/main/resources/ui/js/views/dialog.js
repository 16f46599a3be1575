/** Modal layers on the browser's own dialog element: focus is kept inside and given back. */
import { render } from '../lit.js';

/**
 * @param {string} name for screen readers
 * @param {string} className
 * @param {(close: () => void) => unknown} content
 * @returns {{draw: () => void, close: () => void, root: HTMLDialogElement}}
 */
export function openDialog(name, className, content) {
  const root = document.createElement('dialog');
  root.className = className;
  root.setAttribute('aria-label', name);
  document.body.append(root);
  const close = () => root.close();
  const draw = () => render(content(close), root);
  root.addEventListener('close', () => root.remove());
  root.addEventListener('click', (e) => e.target === root && close());
  draw();
  root.showModal();
  return { draw, close, root };
}
