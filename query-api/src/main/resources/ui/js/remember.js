/**
 * A function that keeps its latest answer for as long as its arguments stay the same.
 * @template {any[]} A
 * @template R
 * @param {(...args: A) => R} f
 * @returns {(...args: A) => R}
 */
export function remember(f) {
  let last = /** @type {?{args: A, result: R}} */ (null);
  return (...args) => {
    if (!last || args.some((a, i) => a !== last?.args[i])) last = { args, result: f(...args) };
    return last.result;
  };
}
