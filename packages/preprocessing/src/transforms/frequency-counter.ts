/** How many different keys are counted exactly: some 100 MB. */
export const EXACT_KEYS = 1_000_000;

/** A key and how often it came, at least. */
export interface Frequency<K> {
  readonly key: K;
  readonly count: number;
}

/**
 * Counts keys as they stream by, in bounded memory. Exact up to `limit` different keys; beyond that, keys that came as often as
 * the rarest are forgotten, and every count is too low by `shortfall` at most, so that frequent keys are never lost.
 * @see Misra and Gries 1982, "Finding repeated elements"
 */
export class FrequencyCounter<K extends string | number> {
  readonly #limit: number;
  readonly #counts = new Map<K, number>();
  #shortfall = 0;

  constructor(limit: number = EXACT_KEYS) {
    this.#limit = limit;
  }

  /** How much too low a count may be; 0 as long as all are exact. */
  get shortfall(): number {
    return this.#shortfall;
  }

  add(key: K): void {
    const count = this.#counts.get(key);
    if (count === undefined && this.#counts.size === this.#limit) this.#forgetRarest();
    else this.#counts.set(key, (count ?? 0) + 1);
  }

  /** All keys by falling count, those of one count in the order of `compare`. */
  ranked(compare: (a: K, b: K) => number): readonly Frequency<K>[] {
    const found = Array.from(this.#counts, ([key, count]) => ({ key, count }));
    return found.sort((a, b) => b.count - a.count || compare(a.key, b.key));
  }

  /** The new key and as many of each old one cancel out. */
  #forgetRarest(): void {
    this.#shortfall++;
    for (const [key, count] of this.#counts) {
      if (count === 1) this.#counts.delete(key);
      else this.#counts.set(key, count - 1);
    }
  }
}
