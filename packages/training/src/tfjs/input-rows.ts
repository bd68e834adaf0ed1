import type { Tensor2D } from '@tensorflow/tfjs';
import { type InputDescription, inputWidth, type ModelDescription } from '../model-description.js';
import type { Tf } from './tfjs-backend.js';

/**
 * The columns that the network uses, of the rows named by `order` or of all: a private copy, so that it may come from a
 * SharedArrayBuffer. Done here because the wasm backend is slow at gathering.
 */
export function pickRows(
  { width, columns }: InputDescription,
  x: Float32Array,
  order: Int32Array | null,
): Float32Array {
  if (order === null && columns === null) return x.slice();
  const rows = order?.length ?? x.length / width;
  const used = columns ?? Array.from({ length: width }, (_, column) => column);
  const picked = new Float32Array(rows * used.length);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const start = (order?.[row] ?? row) * width;
    for (const column of used) picked[at++] = x[start + column]!;
  }
  return picked;
}

/** What the first layer reads, of rows that `pickRows` made. */
export function inputTensor(tf: Tf, model: ModelDescription, picked: Float32Array): Tensor2D {
  const columns = inputWidth(model);
  const used = tf.tensor2d(picked, [picked.length / columns, columns]);
  const { standardization } = model.input;
  if (standardization === null) return used;
  const centred = tf.sub(used, tf.tensor1d([...standardization.mean]));
  return tf.div(centred, tf.tensor1d([...standardization.deviation]));
}
