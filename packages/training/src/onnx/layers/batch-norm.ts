import type { Layer } from '../../model-description.js';
import type { GraphBuilder, Value } from '../graph-builder.js';
import type { EmittedLayer, LayerArrays, StepValues } from './emitted-layer.js';

type BatchNorm = Extract<Layer, { kind: 'batchNorm' }>;

/** Inference: the running statistics make it one multiplication and one addition by column. */
export function batchNormForward(graph: GraphBuilder, layer: BatchNorm, arrays: LayerArrays, x: Value): Value {
  const scale = graph.op('Mul', [inverseDeviation(graph, arrays('runningVariance'), layer), arrays('gamma')]);
  const shift = graph.op('Sub', [arrays('beta'), graph.op('Mul', [arrays('runningMean'), scale])]);
  return graph.op('Add', [graph.op('Mul', [x, scale]), shift]);
}

/**
 * Training. With c = x - mean, s = 1 / sqrt(variance + epsilon) and averages over the batch's rows:
 * y = c s gamma + beta; dBeta = Σ dy; dGamma = s Σ (dy c); dx = gamma s (dy - avg(dy) - c s² avg(dy c)).
 * Column sums are products with a row vector: faster than ReduceSum along rows.
 */
export function emitBatchNorm(
  graph: GraphBuilder,
  layer: BatchNorm,
  arrays: LayerArrays,
  x: Value,
  step: StepValues,
): EmittedLayer {
  const average = (value: Value): Value => graph.op('MatMul', [step.averaging, value]);
  const mean = average(x);
  const centred = graph.op('Sub', [x, mean]);
  const variance = average(graph.op('Mul', [centred, centred]));
  const inverse = inverseDeviation(graph, variance, layer);
  const scale = graph.op('Mul', [inverse, arrays('gamma')]);
  return {
    output: graph.op('Add', [graph.op('Mul', [centred, scale]), arrays('beta')]),
    statistics: { runningMean: mean, runningVariance: variance },
    backward: (dy) => {
      const sum = (value: Value): Value => graph.op('MatMul', [step.summing, value]);
      const beta = sum(dy);
      const product = sum(graph.op('Mul', [dy, centred]));
      const input = (): Value => {
        const share = graph.op('Mul', [scale, step.inverseRows]);
        const slope = graph.op('Mul', [graph.op('Mul', [graph.op('Mul', [inverse, inverse]), product]), share]);
        const shifted = graph.op('Sub', [graph.op('Mul', [dy, scale]), graph.op('Mul', [centred, slope])]);
        return graph.op('Sub', [shifted, graph.op('Mul', [beta, share])]);
      };
      return { gradients: { gamma: graph.op('Mul', [product, inverse]), beta }, input };
    },
  };
}

function inverseDeviation(graph: GraphBuilder, variance: Value, { epsilon }: BatchNorm): Value {
  const deviation = graph.op('Sqrt', [graph.op('Add', [variance, graph.scalar(epsilon)])]);
  return graph.op('Reciprocal', [deviation]);
}
