import type { Loss } from '../training-description.js';
import type { GraphBuilder, Value } from './graph-builder.js';
import type { StepValues } from './layers/emitted-layer.js';

/** A batch's mean loss, [1], and its gradient by prediction, [rows, 1]. */
export interface EmittedLoss {
  readonly loss: Value;
  readonly gradient: Value;
}

/** @param residual prediction - target, [rows, 1] */
export function emitLoss(graph: GraphBuilder, loss: Loss, residual: Value, step: StepValues): EmittedLoss {
  const { values, slopes } = emitRows(graph, loss, residual);
  return {
    loss: graph.op('MatMul', [step.averaging, values]),
    gradient: graph.op('Mul', [slopes, step.inverseRows]),
  };
}

/** Each row's loss and its derivative by the residual. */
function emitRows(
  graph: GraphBuilder,
  loss: Loss,
  residual: Value,
): { readonly values: Value; readonly slopes: Value } {
  switch (loss.kind) {
    case 'mse':
      return {
        values: graph.op('Mul', [residual, residual]),
        slopes: graph.op('Mul', [residual, graph.scalar(2)]),
      };
    case 'mae':
      return { values: graph.op('Abs', [residual]), slopes: graph.op('Sign', [residual]) };
    case 'huber': {
      // With c = the residual clipped to ±delta, both branches are c (r - c / 2), and c is the slope.
      const clipped = graph.op('Max', [
        graph.op('Min', [residual, graph.scalar(loss.delta)]),
        graph.scalar(-loss.delta),
      ]);
      const half = graph.op('Mul', [clipped, graph.scalar(0.5)]);
      return { values: graph.op('Mul', [clipped, graph.op('Sub', [residual, half])]), slopes: clipped };
    }
  }
}
