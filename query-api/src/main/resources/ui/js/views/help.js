import { html } from '../lit.js';
import { mark } from './bits.js';
import { openDialog } from './dialog.js';

const KEYS = [
  ['Everywhere', [['/', 'find an object'], ['g', 'overview'], ['s', 'search'], ['l', 'live'], ['w', 'watch keys'], ['h', 'health'], ['?', 'this help'], ['Esc', 'close what is on top']]],
  ['On an object', [['j  k', 'next, previous change'], ['Enter', 'open its details'], ['[  ]', 'wider, narrower window'], ['←  →', 'move the window'], ['0', 'the whole time'], ['f', 'fold or unfold noise'], ['p', 'hold or follow what happens']]],
  ['With the mouse', [['wheel', 'zoom at the pointer'], ['Shift wheel', 'move in time'], ['drag', 'move the timeline'], ['drag above', 'choose a window on the overview'], ['double click', 'the whole time']]],
];

const TONES = ['create', 'update', 'delete', 'fail', 'none', 'dry', 'session', 'warn', 'normal'];

/** Keys and signs. */
export function showHelp() {
  if (document.querySelector('dialog.help')) return;
  openDialog('Keyboard and signs', 'sheet help', (close) => html`
    <div class="sheet-head"><h2>Keyboard and signs</h2><button class="quiet" @click=${close}>Close <kbd>Esc</kbd></button></div>
    <div class="help-grid">
      ${KEYS.map(([title, keys]) => html`<section><h3>${title}</h3>
        <dl>${keys.map(([key, text]) => html`<dt>${key.split('  ').map((k) => html`<kbd>${k}</kbd> `)}</dt><dd>${text}</dd>`)}</dl></section>`)}
      <section><h3>Signs</h3><ul class="signs">${TONES.map((t) => html`<li>${mark(t, true)}</li>`)}</ul>
        <p class="faint">A pill with a number stands for that many marks; click to zoom into it.</p></section>
    </div>`);
}
