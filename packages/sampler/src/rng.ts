import { SamplerError } from './sampler-error.js';

/** A seeded stream of random numbers. */
export interface Rng {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** An independent stream for a key; forking does not advance this stream. */
  fork(key: number): Rng;
}

/** Increment and output function of SplitMix64 (Steele, Lea, Flood 2014, "Fast splittable pseudorandom number generators"). */
const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

/** Separates the seeds of forks from the words of the stream itself: the first 64 bits of the fraction of pi. */
const FORK_SALT = 0x243f6a8885a308d3n;

/**
 * A xoshiro128** stream (Blackman and Vigna 2018), its state filled by SplitMix64 from the seed.
 * Streams forked with different keys have different seeds, so they never coincide.
 * @param seed any safe integer, negative ones included
 * @throws {SamplerError} `BAD_SEED` for anything else, also for a fork's key
 */
export function createRng(seed: number): Rng {
  return streamFrom(wordOf(seed));
}

/** The 64-bit output of SplitMix64 for a state (its "mix13" finalizer). */
function mix(state: bigint): bigint {
  let z = BigInt.asUintN(64, state);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return z ^ (z >> 31n);
}

/** The n-th output (from 0) of SplitMix64 with the given seed. */
export function splitMix64(seed: bigint, n: bigint): bigint {
  return mix(seed + (n + 1n) * GOLDEN_GAMMA);
}

function wordOf(value: number): bigint {
  if (!Number.isSafeInteger(value)) {
    throw new SamplerError('BAD_SEED', `a seed must be an integer of at most 53 bits, got ${value}`);
  }
  return BigInt.asUintN(64, BigInt(value));
}

function streamFrom(seed: bigint): Rng {
  const first = splitMix64(seed, 0n);
  const second = splitMix64(seed, 1n);
  const next32 = xoshiro128([low32(first), low32(first >> 32n), low32(second), low32(second >> 32n)]);
  return {
    next: () => ((next32() >>> 5) * 0x4000000 + (next32() >>> 6)) / 0x20000000000000,
    fork: (key) => streamFrom(splitMix64(seed ^ FORK_SALT, wordOf(key))),
  };
}

function low32(word: bigint): number {
  return Number(word & 0xffffffffn);
}

/** The bare xoshiro128** generator: 32 uniform bits a call. The state must not be all zero. */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state;
  return () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
}
