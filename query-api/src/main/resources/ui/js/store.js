/**
 * The state of one page. Changes made in the same task are told once, in the next frame.
 * @template {object} S
 * @param {S} initial
 * @param {(state: S) => void} onChange
 */
export function createStore(initial, onChange) {
  let state = initial;
  let scheduled = 0;
  let closed = false;
  return {
    get state() {
      return state;
    },
    /** @param {Partial<S>} patch */
    set(patch) {
      state = { ...state, ...patch };
      if (scheduled || closed) return;
      scheduled = requestAnimationFrame(() => {
        scheduled = 0;
        onChange(state);
      });
    },
    close() {
      closed = true;
      if (scheduled) cancelAnimationFrame(scheduled);
    },
  };
}
