import type { Feature } from './feature-table.js';

/** Where members are parted: values of at most `at` go left, of categories the one that is `at`. */
export interface Cut {
  readonly feature: number;
  readonly at: number;
}

/**
 * Which trials are in which node of a growing tree: each node has the places from a start to an end, in one order per feature,
 * ascending by its values. Parting a node keeps all orders, so nothing is ever sorted again: O(trials x features) for each
 * level of the tree.
 */
export class NodeMembers {
  readonly size: number;
  readonly #features: readonly Feature[];
  readonly #orders: readonly Int32Array[];
  readonly #goesLeft: Uint8Array;
  readonly #rightOnes: Int32Array;

  /**
   * @param orders by feature, all trials ascending by its values
   * @param weights only trials with a weight above 0 are members
   */
  constructor(features: readonly Feature[], orders: readonly Int32Array[], weights: Float64Array) {
    this.#features = features;
    this.#orders = orders.map((order) => order.filter((trial) => weights[trial]! > 0));
    this.size = this.#orders[0]!.length;
    this.#goesLeft = new Uint8Array(weights.length);
    this.#rightOnes = new Int32Array(this.size);
  }

  /** The trials of a node, ascending by the feature's values. */
  by(feature: number, start: number, end: number): Int32Array {
    return this.#orders[feature]!.subarray(start, end);
  }

  /** @returns where the right part begins */
  part({ feature, at }: Cut, start: number, end: number): number {
    const { kind, values } = this.#features[feature]!;
    for (const trial of this.by(feature, start, end)) {
      const value = values[trial]!;
      this.#goesLeft[trial] = Number(kind === 'range' ? value <= at : value === at);
    }
    let middle = start;
    for (const order of this.#orders) middle = this.#partOrder(order, start, end);
    return middle;
  }

  #partOrder(order: Int32Array, start: number, end: number): number {
    let middle = start;
    let right = 0;
    for (let place = start; place < end; place++) {
      const trial = order[place]!;
      if (this.#goesLeft[trial]) order[middle++] = trial;
      else this.#rightOnes[right++] = trial;
    }
    order.set(this.#rightOnes.subarray(0, right), middle);
    return middle;
  }
}

/** For each feature all trials, ascending by its values. */
export function ordersOf(features: readonly Feature[]): readonly Int32Array[] {
  return features.map(({ values }) => Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!));
}
