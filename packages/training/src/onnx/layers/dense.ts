import type { Layer } from '../../model-description.js';
import type { GraphBuilder, Value } from '../graph-builder.js';
import type { EmittedLayer, LayerArrays, StepValues } from './emitted-layer.js';

type Dense = Extract<Layer, { kind: 'dense' }>;

export function denseForward(graph: GraphBuilder, layer: Dense, arrays: LayerArrays, x: Value): Value {
  return layer.bias
    ? graph.op('Gemm', [x, arrays('kernel'), arrays('bias')])
    : graph.op('MatMul', [x, arrays('kernel')]);
}

/** dKernel = xᵀ · dy, dBias = the column sums of dy, dx = dy · kernelᵀ. */
export function emitDense(
  graph: GraphBuilder,
  layer: Dense,
  arrays: LayerArrays,
  x: Value,
  step: StepValues,
): EmittedLayer {
  return {
    output: denseForward(graph, layer, arrays, x),
    backward: (dy) => {
      const kernel = graph.op('Gemm', [x, dy], { transA: 1 });
      const bias = layer.bias ? { bias: graph.op('MatMul', [step.summing, dy]) } : {};
      return {
        gradients: { kernel, ...bias },
        input: () => graph.op('Gemm', [dy, arrays('kernel')], { transB: 1 }),
      };
    },
  };
}
