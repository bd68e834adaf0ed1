import type { Rng } from '@assay/sampler';

/** Uniform in [low, high). */
export function uniform(rng: Rng, low: number, high: number): number {
  return low + (high - low) * rng.next();
}

/** Uniform in the logarithm between two positive numbers. */
export function logUniform(rng: Rng, low: number, high: number): number {
  return Math.exp(uniform(rng, Math.log(low), Math.log(high)));
}

/** A whole number from low to high, both included. */
export function wholeBetween(rng: Rng, low: number, high: number): number {
  return low + Math.floor(rng.next() * (high - low + 1));
}

/** Standard normal (Box and Muller 1958). */
export function gaussian(rng: Rng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng.next()));
  return radius * Math.cos(2 * Math.PI * rng.next());
}

export function pick<T>(rng: Rng, items: readonly T[]): T {
  return items[wholeBetween(rng, 0, items.length - 1)]!;
}

export function listOf<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
