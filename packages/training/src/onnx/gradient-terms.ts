import type { ModelDescription } from '../model-description.js';
import { kernelVector, type ParameterLayout } from '../parameter-layout.js';
import type { GraphBuilder, Value } from './graph-builder.js';

/** Adds the gradient of the kernel penalties, l1 sign(w) + 2 l2 w, to the flat gradient. */
export function emitPenalties(
  graph: GraphBuilder,
  model: ModelDescription,
  layout: ParameterLayout,
  flat: { readonly weights: Value; readonly gradient: Value },
): Value {
  const l1 = kernelVector(layout, (layer) => denseOf(model, layer).l1);
  const l2 = kernelVector(layout, (layer) => 2 * denseOf(model, layer).l2);
  let { gradient } = flat;
  if (l1.some((factor) => factor > 0)) {
    const sign = graph.op('Sign', [flat.weights]);
    gradient = graph.op('Add', [gradient, graph.op('Mul', [sign, graph.floats(l1, [l1.length])])]);
  }
  if (l2.some((factor) => factor > 0)) {
    gradient = graph.op('Add', [gradient, graph.op('Mul', [flat.weights, graph.floats(l2, [l2.length])])]);
  }
  return gradient;
}

/** Scales the gradient by limit / max(norm, limit): never up, and a zero gradient stays zero. */
export function emitClipping(graph: GraphBuilder, gradient: Value, limit: number): Value {
  const bound = graph.scalar(limit);
  const norm = graph.op('ReduceL2', [gradient], { keepdims: 1 });
  const factor = graph.op('Div', [bound, graph.op('Max', [norm, bound])]);
  return graph.op('Mul', [gradient, factor]);
}

function denseOf(model: ModelDescription, index: number): { readonly l1: number; readonly l2: number } {
  const layer = model.layers[index];
  return layer?.kind === 'dense' ? layer : { l1: 0, l2: 0 };
}
