import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs';
import { blockWidth, type InputBlock, type InputDescription } from '../input-description.js';
import { oneHotTable } from '../one-hot-table.js';
import { arrayName } from '../parameter-layout.js';
import type { Tf } from './tfjs-backend.js';

/** Columns of a picked row that the block takes: an embedding's category is one of them. */
const pickedWidth = (block: InputBlock): number => (block.kind === 'embedding' ? 1 : blockWidth(block));

/**
 * The rows named by `order`, or all, as far as they do not depend on weights: values and one-hot blocks written out, an
 * embedding's category as the number of its table's row. A private copy, so that the rows may come from a SharedArrayBuffer.
 * Done here because the wasm backend is slow at gathering.
 */
export function pickRows(input: InputDescription, x: Float32Array, order: Int32Array | null): Float32Array {
  const rows = order?.length ?? x.length / input.width;
  const columns = input.blocks.reduce((sum, block) => sum + pickedWidth(block), 0);
  const picked = new Float32Array(rows * columns);
  let at = 0;
  for (const block of input.blocks) {
    const write = blockWriter(block, x, picked);
    for (let row = 0; row < rows; row++) write((order?.[row] ?? row) * input.width, row * columns + at);
    at += pickedWidth(block);
  }
  return picked;
}

/** Writes a block of the row that starts at `from` in x to `to` in picked. */
function blockWriter(block: InputBlock, x: Float32Array, picked: Float32Array): (from: number, to: number) => void {
  switch (block.kind) {
    case 'values': {
      const { columns, standardization } = block;
      const mean = Float32Array.from(columns, (_, i) => standardization?.mean[i] ?? 0);
      const deviation = Float32Array.from(columns, (_, i) => standardization?.deviation[i] ?? 1);
      return (from, to) => {
        for (let i = 0; i < columns.length; i++) {
          picked[to + i] = Math.fround(x[from + columns[i]!]! - mean[i]!) / deviation[i]!;
        }
      };
    }
    case 'oneHot': {
      const { column, size } = block;
      const table = oneHotTable(block);
      return (from, to) => {
        const row = tableRow(x[from + column]!, size);
        for (let i = 0; i < size; i++) picked[to + i] = table[row * size + i]!;
      };
    }
    case 'embedding':
      return (from, to) => {
        picked[to] = tableRow(x[from + block.column]!, block.size);
      };
  }
}

/** The table's row of a category: -1 has the last. */
const tableRow = (category: number, size: number): number => (category < 0 ? size : category);

/** Rows that `pickRows` made. */
export function pickedTensor(tf: Tf, input: InputDescription, picked: Float32Array): Tensor2D {
  const columns = input.blocks.reduce((sum, block) => sum + pickedWidth(block), 0);
  return tf.tensor2d(picked, [picked.length / columns, columns]);
}

/**
 * What the first layer reads of picked rows. Tables are read by a product with one-hot rows: TensorFlow.js' gradient of
 * gathering needs an operation that the wasm backend does not have.
 */
export function joinInput(
  tf: Tf,
  { blocks }: InputDescription,
  picked: Tensor2D,
  arrays: ReadonlyMap<string, Tensor>,
): Tensor2D {
  if (blocks.every(({ kind }) => kind !== 'embedding')) return picked;
  let at = 0;
  const parts = blocks.map((block, index) => {
    const columns = tf.slice2d(picked, [0, at], [-1, pickedWidth(block)]);
    at += pickedWidth(block);
    if (block.kind !== 'embedding') return columns;
    const rows: Tensor1D = tf.cast(tf.reshape(columns, [-1]), 'int32');
    const oneHot = tf.oneHot(rows, block.size + 1) as Tensor2D;
    return tf.matMul(tf.cast(oneHot, 'float32'), arrays.get(arrayName(index, 'table')) as Tensor2D) as Tensor2D;
  });
  return tf.concat(parts, 1);
}
