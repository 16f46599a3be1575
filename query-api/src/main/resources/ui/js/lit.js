/** The one place that knows where the template library is served. */
export { html, render, nothing, svg } from '/webjars/lit-html/3.3.2/lit-html.js';
export { repeat } from '/webjars/lit-html/3.3.2/directives/repeat.js';
export { live } from '/webjars/lit-html/3.3.2/directives/live.js';
export { guard } from '/webjars/lit-html/3.3.2/directives/guard.js';
export { keyed } from '/webjars/lit-html/3.3.2/directives/keyed.js';
