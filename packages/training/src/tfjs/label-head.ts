import type { Tensor2D } from '@tensorflow/tfjs';
import type { LabelHead } from '../label-head.js';
import type { Tf } from './tfjs-backend.js';

/** Labels in their own units to what the loss compares the outputs with; both [rows, 1]. */
export function targetTensor(tf: Tf, label: LabelHead, labels: Tensor2D): Tensor2D {
  switch (label.kind) {
    case 'linear':
      return tf.div(tf.sub(labels, label.mean), label.deviation);
    case 'log':
      return tf.div(tf.sub(tf.log(labels), label.mean), label.deviation);
    case 'softplus':
      return tf.div(labels, label.deviation);
    case 'binary':
    case 'classes':
      return labels;
  }
}

/** The last layer's outputs to predictions; both [rows, units]. */
export function predictionTensor(tf: Tf, label: LabelHead, output: Tensor2D): Tensor2D {
  switch (label.kind) {
    case 'linear':
      return tf.add(tf.mul(output, label.deviation), label.mean);
    case 'log':
      return tf.exp(tf.add(tf.mul(output, label.deviation), label.mean));
    case 'softplus':
      return tf.mul(tf.softplus(output), label.deviation);
    case 'binary':
      return tf.sigmoid(output);
    case 'classes':
      return tf.softmax(output);
  }
}
