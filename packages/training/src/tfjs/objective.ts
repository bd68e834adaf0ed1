import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs';
import { type LabelHead, residualLoss } from '../label-head.js';
import type { ModelDescription } from '../model-description.js';
import type { Loss, ResidualLoss } from '../training-description.js';
import type { NamedTensors } from './network.js';
import type { Tf } from './tfjs-backend.js';

/**
 * A batch's mean loss.
 * @param output of the last layer, [rows, units]
 * @param target what `targetTensor` made, [rows, 1]
 */
export function meanLoss(
  tf: Tf,
  { label, loss }: { readonly label: LabelHead; readonly loss: Loss },
  output: Tensor2D,
  target: Tensor2D,
): Scalar {
  switch (label.kind) {
    case 'linear':
    case 'log':
      return residualMean(tf, residualLoss(loss), tf.sub(output, target));
    case 'softplus':
      return residualMean(tf, residualLoss(loss), tf.sub(tf.softplus(output), target));
    case 'binary':
      return tf.mean(tf.sub(tf.softplus(output), tf.mul(target, output)));
    case 'classes': {
      const own = tf.oneHot(tf.cast(tf.reshape(target, [-1]), 'int32'), label.size);
      return tf.neg(tf.mean(tf.sum(tf.mul(own, tf.logSoftmax(output)), 1)));
    }
  }
}

function residualMean(tf: Tf, loss: ResidualLoss, residual: Tensor2D): Scalar {
  switch (loss.kind) {
    case 'mse':
      return tf.mean(tf.square(residual));
    case 'mae':
      return tf.mean(magnitude(tf, residual));
    case 'huber': {
      // With c = the residual clipped to ±delta, both branches are c (r - c / 2).
      const clipped = tf.clipByValue(residual, -loss.delta, loss.delta);
      return tf.mean(tf.mul(clipped, tf.sub(residual, tf.mul(clipped, 0.5))));
    }
  }
}

/** l1 Σ|k| + l2 Σk² of every kernel that has penalties; null when none has. */
export function penaltyOf(tf: Tf, model: ModelDescription, arrays: NamedTensors): Scalar | null {
  const terms = model.layers.flatMap((layer, index) => {
    if (layer.kind !== 'dense') return [];
    const kernel = arrays.get(`layers[${index}].kernel`)!;
    return [
      ...(layer.l1 > 0 ? [tf.mul(tf.sum(magnitude(tf, kernel)), layer.l1)] : []),
      ...(layer.l2 > 0 ? [tf.mul(tf.sum(tf.square(kernel)), layer.l2)] : []),
    ];
  });
  return terms.length === 0 ? null : (tf.addN(terms) as Scalar);
}

/** |x| as x sign(x), whose derivative at 0 is 0; that of `tf.abs` is -1 there. */
function magnitude<T extends Tensor>(tf: Tf, x: T): T {
  return tf.mul(x, tf.sign(x));
}
