/** A seeded stream of random numbers. */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** An independent stream for a key; forking does not advance this stream. */
  fork(key: number): Rng;
}
