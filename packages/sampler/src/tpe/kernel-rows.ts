const FIRST_CAPACITY = 16;

/**
 * The kernels of one density in memory, a row each, so that what is read together lies together. A row keeps its place
 * while others come and go; `order` lists the rows by trial.
 */
export class KernelRows {
  readonly axes: number;
  readonly normals: number;
  readonly codes: number;
  /** How many rows there are. */
  count = 0;
  /** The rows, ascending by trial number: the first `count`. */
  order = new Int32Array(FIRST_CAPACITY);
  /** Per row, the trial's number and its weight. */
  numbers = new Float64Array(FIRST_CAPACITY);
  weights = new Float64Array(FIRST_CAPACITY).fill(1);
  /** Per row and axis, the trial's coordinate as a share of the range; NaN where it has none. */
  points: Float64Array;
  /** Per row and normal axis: centre, inverse width and height, as `kernelSums` reads them. */
  bells: Float64Array;
  /** Per row and coded axis: what its kernel is looked up by. */
  codeOf: Int32Array;
  readonly #free: number[] = [];
  #used = 0;

  /** @param normals how many of the axes have kernels of their own, and `codes` how many share theirs */
  constructor(axes: number, normals: number, codes: number) {
    this.axes = axes;
    this.normals = normals;
    this.codes = codes;
    this.points = new Float64Array(FIRST_CAPACITY * axes);
    this.bells = new Float64Array(FIRST_CAPACITY * 3 * normals);
    this.codeOf = new Int32Array(FIRST_CAPACITY * codes);
  }

  /** A row for a trial, of weight 1. */
  add(number: number, point: Float64Array): number {
    const row = this.#free.pop() ?? this.#used++;
    if (row === this.numbers.length) this.#grow();
    this.numbers[row] = number;
    this.weights[row] = 1;
    this.points.set(point, row * this.axes);
    const place = this.#placeOf(number);
    this.order.copyWithin(place + 1, place, this.count);
    this.order[place] = row;
    this.count += 1;
    return row;
  }

  /** Gives up a trial's row. @returns which it was; its content stays until another trial takes it */
  remove(number: number): number {
    const place = this.#placeOf(number);
    const row = this.order[place]!;
    this.order.copyWithin(place, place + 1, this.count);
    this.count -= 1;
    this.#free.push(row);
    return row;
  }

  #placeOf(number: number): number {
    let from = 0;
    let to = this.count;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.numbers[this.order[middle]!]! < number) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #grow(): void {
    this.order = doubled(this.order);
    this.numbers = doubled(this.numbers);
    this.weights = doubled(this.weights);
    this.points = doubled(this.points);
    this.bells = doubled(this.bells);
    this.codeOf = doubled(this.codeOf);
  }
}

function doubled<T extends Float64Array | Int32Array>(values: T): T {
  const longer = new (values.constructor as new (length: number) => T)(values.length * 2);
  longer.set(values);
  return longer;
}
