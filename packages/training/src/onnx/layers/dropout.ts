import type { GraphBuilder, Value } from '../graph-builder.js';
import { ELEMENT_TYPE } from '../onnx-proto.js';
import type { EmittedLayer } from './emitted-layer.js';

/** The pool of uniforms as factors: 1 / (1 - rate) where the draw is >= rate, else 0. Once per call, outside the loop. */
export function dropoutFactors(graph: GraphBuilder, pool: Value, rate: number): Value {
  const kept = graph.op('GreaterOrEqual', [pool, graph.scalar(rate)]);
  const factor = graph.scalar(1 / (1 - rate));
  return graph.op('Mul', [graph.op('Cast', [kept], { to: ELEMENT_TYPE.float32 }), factor]);
}

/** @param window this batch's part of the factors: rows x columns numbers */
export function emitDropout(graph: GraphBuilder, columns: number, x: Value, window: Value): EmittedLayer {
  const factors = graph.reshape(window, [-1, columns]);
  return {
    output: graph.op('Mul', [x, factors]),
    backward: (dy) => ({ gradients: {}, input: () => graph.op('Mul', [dy, factors]) }),
  };
}
