import type { Feature } from './feature-table.js';
import type { RegressionTree } from './regression-tree.js';

export type Side = 'left' | 'right';

/** What of a feature's values the way to a tree's node has left, and what its leaves have added up along those values. */
export interface Axis {
  /** The share of all values that is left, above 0. */
  readonly share: number;
  /** What is left, as runs of cells: between two neighbouring cuts of a range, or a category. */
  readonly runs: readonly CellRun[];
  /** The share of each cell in all values. */
  readonly cells: Float64Array;
  /** Leaves only one side of a cut, until `leave`. */
  enter(at: number, side: Side): void;
  leave(): void;
  /** Adds an amount at every value that is left. */
  add(amount: number): void;
  /** How much the sums vary around their mean, every value weighing alike. */
  variance(mean: number): number;
}

/** Neighbouring cells: from a place up to, and without, another. */
export type CellRun = readonly [from: number, to: number];

/** One axis per feature, for going through the tree. */
export function axesOf(tree: RegressionTree, features: readonly Feature[]): readonly Axis[] {
  const cuts = features.map(() => new Set<number>());
  const collect = (node: RegressionTree): void => {
    if (node.kind === 'leaf') return;
    cuts[node.cut.feature]!.add(node.cut.at);
    collect(node.left);
    collect(node.right);
  };
  collect(tree);
  return features.map((feature, index) => axisOf(feature, cuts[index]!));
}

function axisOf(feature: Feature, cuts: ReadonlySet<number>): Axis {
  switch (feature.kind) {
    case 'range':
      return new RangeAxis(feature.low, feature.high, cuts);
    case 'categories':
      return new CategoryAxis(feature.count);
  }
}

/** What is left is an interval between two cuts; sums are kept as steps at the cuts where they change. */
class RangeAxis implements Axis {
  /** Low, all cuts of the tree, high. */
  readonly #edges: Float64Array;
  readonly #placeOf: ReadonlyMap<number, number>;
  readonly #steps: Float64Array;
  readonly #outer: [from: number, to: number][] = [];
  #from = 0;
  #to: number;

  constructor(low: number, high: number, cuts: ReadonlySet<number>) {
    this.#edges = Float64Array.from([low, ...[...cuts].sort((a, b) => a - b), high]);
    this.#placeOf = new Map(Array.from(this.#edges, (edge, place) => [edge, place]));
    this.#steps = new Float64Array(this.#edges.length);
    this.#to = this.#edges.length - 1;
  }

  get share(): number {
    return this.#lengthOf(this.#from, this.#to) / this.#lengthOf(0, this.#edges.length - 1);
  }

  get runs(): readonly CellRun[] {
    return [[this.#from, this.#to]];
  }

  get cells(): Float64Array {
    const count = this.#edges.length - 1;
    return Float64Array.from({ length: count }, (_, i) => this.#lengthOf(i, i + 1) / this.#lengthOf(0, count));
  }

  enter(at: number, side: Side): void {
    this.#outer.push([this.#from, this.#to]);
    if (side === 'left') this.#to = this.#placeOf.get(at)!;
    else this.#from = this.#placeOf.get(at)!;
  }

  leave(): void {
    [this.#from, this.#to] = this.#outer.pop()!;
  }

  add(amount: number): void {
    this.#steps[this.#from]! += amount;
    this.#steps[this.#to]! -= amount;
  }

  variance(mean: number): number {
    const cells = this.#edges.length - 1;
    let [height, sum] = [0, 0];
    for (let cell = 0; cell < cells; cell++) {
      height += this.#steps[cell]!;
      sum += this.#lengthOf(cell, cell + 1) * (height - mean) ** 2;
    }
    return sum / this.#lengthOf(0, cells);
  }

  #lengthOf(from: number, to: number): number {
    return this.#edges[to]! - this.#edges[from]!;
  }
}

/** What is left is a set of categories. */
class CategoryAxis implements Axis {
  readonly #sums: Float64Array;
  readonly #outer: (readonly number[])[] = [];
  #left: readonly number[];

  constructor(count: number) {
    this.#sums = new Float64Array(count);
    this.#left = [...this.#sums.keys()];
  }

  get share(): number {
    return this.#left.length / this.#sums.length;
  }

  get runs(): readonly CellRun[] {
    return this.#left.map((category) => [category, category + 1]);
  }

  get cells(): Float64Array {
    return new Float64Array(this.#sums.length).fill(1 / this.#sums.length);
  }

  enter(at: number, side: Side): void {
    this.#outer.push(this.#left);
    this.#left = side === 'left' ? [at] : this.#left.filter((category) => category !== at);
  }

  leave(): void {
    this.#left = this.#outer.pop()!;
  }

  add(amount: number): void {
    for (const category of this.#left) this.#sums[category]! += amount;
  }

  variance(mean: number): number {
    return this.#sums.reduce((sum, height) => sum + (height - mean) ** 2, 0) / this.#sums.length;
  }
}
