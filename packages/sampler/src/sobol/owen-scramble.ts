/**
 * Nested uniform ("Owen") scrambling of a 32-bit fraction by hashing: whether a bit flips depends on the seed and on all
 * higher bits, so points that share a box of the net still share one and every (t, m, s)-net stays one.
 * @param seed 32 random bits, other ones for every dimension
 * @see B. Burley 2020, "Practical hash-based Owen scrambling", JCGT 9(4); hash constants of N. Vegdahl 2021,
 *   "Building a better LK hash"
 */
export function owenScramble(bits: number, seed: number): number {
  let x = reverseBits(bits);
  x ^= Math.imul(x, 0x3d20adea);
  x = (x + seed) | 0;
  x = Math.imul(x, (seed >>> 16) | 1);
  x ^= Math.imul(x, 0x05526c56);
  x ^= Math.imul(x, 0x53a22864);
  return reverseBits(x);
}

function reverseBits(bits: number): number {
  let x = bits;
  x = ((x >>> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >>> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >>> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  x = ((x >>> 8) & 0x00ff00ff) | ((x & 0x00ff00ff) << 8);
  return ((x >>> 16) | (x << 16)) >>> 0;
}
