/** Mouse and touch on the timeline: wheel zooms, Shift and sideways wheel move, dragging moves, a click picks or zooms into a pill. */

const ZOOM_PER_PIXEL = 0.0016;
const CLICK_PX = 4;
const SETTLE_MS = 180;

/** @param {any} timeline the timeline element @param {HTMLCanvasElement} canvas */
export function followPointer(timeline, canvas) {
  let settle = 0;
  const settled = () => {
    clearTimeout(settle);
    settle = setTimeout(() => timeline.move(timeline.win, true), SETTLE_MS);
  };
  canvas.addEventListener('wheel', (e) => {
    e.preventDefault();
    const unit = e.deltaMode === 1 ? 16 : 1;
    const sideways = e.shiftKey ? e.deltaX || e.deltaY : e.deltaX;
    if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY)) {
      const d = timeline.timeAt(sideways * unit) - timeline.timeAt(0);
      timeline.move([timeline.win[0] + d, timeline.win[1] + d], false);
    } else timeline.zoom(timeline.timeAt(e.offsetX), Math.exp(e.deltaY * unit * ZOOM_PER_PIXEL));
    settled();
  }, { passive: false });

  canvas.addEventListener('pointermove', (e) => {
    if (!e.buttons) timeline.point(timeline.hitAt(e.offsetX, e.offsetY), e.offsetX, e.offsetY);
  });
  canvas.addEventListener('pointerleave', () => timeline.point(null, 0, -1));
  canvas.addEventListener('dblclick', () => timeline.move(timeline.extent, true));
  canvas.addEventListener('pointerdown', (e) => {
    if (!e.button) drag(timeline, canvas, e);
  });
}

function drag(timeline, canvas, e) {
  const start = timeline.win;
  const grip = timeline.timeAt(e.offsetX);
  const perPixel = (timeline.timeAt(100) - timeline.timeAt(0)) / 100;
  let moved = false;
  canvas.setPointerCapture(e.pointerId);
  const move = (m) => {
    const dx = m.offsetX - e.offsetX;
    if (!moved && Math.abs(dx) < CLICK_PX) return;
    moved = true;
    canvas.dataset.drag = 'true';
    timeline.point(null, 0, -1);
    timeline.move([start[0] - dx * perPixel, start[1] - dx * perPixel], false);
  };
  const up = (m) => {
    canvas.removeEventListener('pointermove', move);
    delete canvas.dataset.drag;
    if (moved) timeline.move(timeline.win, true);
    else if (Number.isFinite(grip)) choose(timeline, timeline.hitAt(m.offsetX, m.offsetY));
  };
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up, { once: true });
}

function choose(timeline, hit) {
  if (!hit) return;
  if (hit.segment) {
    if (hit.segment.spanId) timeline.tell('pick', { spanId: hit.segment.spanId });
    return;
  }
  const { mark } = hit;
  const length = mark.to - mark.from;
  const deepest = mark.spans.length === 1 || timeline.win[1] - timeline.win[0] < 8 || length < 0.01;
  if (deepest) timeline.tell('pick', { spanId: mark.spans[0].spanId });
  else timeline.move([mark.from - Math.max(length, 4) * 0.6, mark.to + Math.max(length, 4) * 0.6], true);
}
