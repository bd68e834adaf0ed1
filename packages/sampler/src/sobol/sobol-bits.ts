import { JOE_KUO_6 } from './direction-numbers.js';

const BITS = 32;

/** Column j of a dimension's generator matrix: what bit j of the index contributes, highest bit = 1/2. */
type DirectionVectors = Uint32Array;

const VECTORS: readonly DirectionVectors[] = [
  directionVectors(0, new Array<number>(BITS).fill(1)),
  ...JOE_KUO_6.trim()
    .split(/\s+/)
    .map((row) => {
      const [a = '', m = ''] = row.split(':');
      return directionVectors(Number(a), m.split(',').map(Number));
    }),
];

/** Dimensions with direction numbers. */
export const SOBOL_DIMENSIONS = VECTORS.length;

/** @see P. Bratley and B. L. Fox 1988, "Algorithm 659", section 2: the recurrence of the direction numbers */
function directionVectors(a: number, m: readonly number[]): DirectionVectors {
  const degree = m.length;
  const v = new Uint32Array(BITS);
  for (let j = 0; j < BITS; j++) {
    if (j < degree) {
      v[j] = m[j]! << (BITS - 1 - j);
      continue;
    }
    let next = v[j - degree]! ^ (v[j - degree]! >>> degree);
    for (let k = 1; k < degree; k++) if ((a >>> (degree - 1 - k)) & 1) next ^= v[j - k]!;
    v[j] = next;
  }
  return v;
}

/**
 * One coordinate of the unscrambled Sobol point as 32 bits after the binary point, in Gray code order.
 * @param index from 0 to 2^32 - 1
 * @param dimension from 0 to SOBOL_DIMENSIONS - 1
 */
export function sobolBits(index: number, dimension: number): number {
  const vectors = VECTORS[dimension]!;
  let gray = (index ^ (index >>> 1)) >>> 0;
  let bits = 0;
  for (let j = 0; gray !== 0; j++, gray >>>= 1) if (gray & 1) bits ^= vectors[j]!;
  return bits >>> 0;
}
