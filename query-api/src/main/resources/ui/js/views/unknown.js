import { html, render } from '../lit.js';

/** A URL that names no page. @param {HTMLElement} host @param {import('../route.js').Route} route */
export function unknownPage(host, route) {
  document.title = 'Not found · Tidemark';
  const draw = () =>
    render(
      html`<div class="narrow empty"><h1>There is no page at ${route.path}</h1>
        <p>An object's page is <code>/o/cluster/group/resource/namespace/name</code>, with <code>core</code> for the core group and <code>-</code> for no namespace.</p>
        <p><a class="button" href="/">Go to the overview</a></p></div>`,
      host,
    );
  draw();
  return { update: draw, redraw: draw, close() {} };
}
