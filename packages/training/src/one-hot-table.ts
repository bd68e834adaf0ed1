import type { InputBlock } from './input-description.js';

/**
 * What a one-hot block gives to the network, standardized, for each index: row i holds it for category i, the last row for
 * -1. Rounded as float32 arithmetic would, so that it makes no difference whether a table or columns of 0 and 1 are stored.
 * @returns (size + 1) x size numbers, row-major
 */
export function oneHotTable({ size, standardization }: Extract<InputBlock, { kind: 'oneHot' }>): Float32Array {
  const table = new Float32Array((size + 1) * size);
  for (let row = 0; row <= size; row++) {
    for (let column = 0; column < size; column++) {
      const value = row === column ? 1 : 0;
      const mean = Math.fround(standardization?.mean[column] ?? 0);
      const deviation = Math.fround(standardization?.deviation[column] ?? 1);
      table[row * size + column] = Math.fround(value - mean) / deviation;
    }
  }
  return table;
}
