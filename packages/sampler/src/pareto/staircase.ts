/** The lower left border of a set of points in the plane: those that no other one covers, by ascending x and descending y. */
export class Staircase {
  readonly #xs: number[] = [];
  readonly #ys: number[] = [];

  /** Whether some point lies at or below (x, y) in both coordinates. O(log n) */
  covers(x: number, y: number): boolean {
    const step = this.#firstBeyond(x) - 1;
    return step >= 0 && this.#ys[step]! <= y;
  }

  /** Adds a point that is not covered; those it covers go. */
  add(x: number, y: number): void {
    const start = this.#firstAtOrBeyond(x);
    const end = this.#firstBelow(y, start);
    this.#xs.splice(start, end - start, x);
    this.#ys.splice(start, end - start, y);
  }

  /** The area between a point that is not covered and a corner beyond all points, as far as no other point covers it. */
  uncoveredArea(x: number, y: number, cornerX: number, cornerY: number): number {
    const start = this.#firstAtOrBeyond(x);
    const end = this.#firstBelow(y, start);
    let area = 0;
    let left = x;
    let top = this.#ys[start - 1] ?? cornerY;
    for (let step = start; step <= end; step++) {
      const right = this.#xs[step] ?? cornerX;
      area += (right - left) * (top - y);
      left = right;
      top = this.#ys[step]!;
    }
    return area;
  }

  #firstBelow(y: number, start: number): number {
    let step = start;
    while (step < this.#ys.length && this.#ys[step]! >= y) step++;
    return step;
  }

  #firstBeyond(x: number): number {
    return firstIndex(this.#xs.length, (step) => this.#xs[step]! > x);
  }

  #firstAtOrBeyond(x: number): number {
    return firstIndex(this.#xs.length, (step) => this.#xs[step]! >= x);
  }
}

/** The first index from 0 where a condition holds that then holds for all later ones; `count` when it never does. */
export function firstIndex(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
