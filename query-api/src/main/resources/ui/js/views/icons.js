/** Line icons, drawn here: no font, no request. */
import { html } from '../lit.js';

const path = (d) => html`<svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d=${d}></path></svg>`;

export const search = path('M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9ZM10.4 10.4L14 14');
export const sun = path('M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6ZM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1');
export const moon = path('M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3Z');
export const close = path('M3.5 3.5l9 9M12.5 3.5l-9 9');
export const chevron = path('M6 4l4 4l-4 4');
export const copy = path('M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3');
export const link = path('M6.5 9.5l3-3M7 4.5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5L7.5 13a2.8 2.8 0 0 1-4-4L5 7.5');
export const pause = path('M5.5 3.5v9M10.5 3.5v9');
export const play = path('M5 3l8 5l-8 5z');
export const upload = path('M8 10.5v-8M4.5 6L8 2.5L11.5 6M2.5 11v2.5h11V11');
export const terminal = path('M2.5 3.5l4 4l-4 4M8 12.5h5.5');
export const reset = path('M3 8a5 5 0 1 0 1.5-3.5L3 6M3 2.5V6h3.5');
export const warning = path('M8 2.5l6 11H2zM8 6.5v3.5M8 11.7v.3');
