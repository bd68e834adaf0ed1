import type { Rng } from '../rng.js';

const ROUNDS = 6;

/**
 * A random permutation of 0 .. size - 1 without a table: a Feistel network on the next even number of bits, walked along
 * its cycle until the result is below size (format-preserving encryption; Black and Rogaway 2002).
 * @param size from 1 to 2^53
 */
export function randomPermutation(size: number, rng: Rng): (position: number) => number {
  const halfBits = Math.max(1, Math.ceil(Math.log2(size) / 2));
  const radix = 2 ** halfBits;
  const keys = Array.from({ length: ROUNDS }, (_, round) => Math.floor(rng.fork(round).next() * 2 ** 32));
  const encrypt = (position: number): number => {
    let left = Math.floor(position / radix);
    let right = position % radix;
    for (const key of keys) [left, right] = [right, (left ^ hash32(right ^ key)) & (radix - 1)];
    return left * radix + right;
  };
  return (position) => {
    let image = encrypt(position);
    while (image >= size) image = encrypt(image);
    return image;
  };
}

/** MurmurHash3's 32-bit finalizer. */
function hash32(x: number): number {
  let h = x;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
