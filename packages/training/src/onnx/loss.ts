import { type LabelHead, residualLoss } from '../label-head.js';
import type { Loss, ResidualLoss } from '../training-description.js';
import type { GraphBuilder, Value } from './graph-builder.js';
import type { StepValues } from './layers/emitted-layer.js';
import { ELEMENT_TYPE } from './onnx-proto.js';

/** A batch's mean loss, [1], and its gradient by the outputs, [rows, units]. */
export interface EmittedLoss {
  readonly loss: Value;
  readonly gradient: Value;
}

interface Objective {
  readonly label: LabelHead;
  readonly loss: Loss;
}

/**
 * @param output of the last layer, [rows, units]
 * @param target what `emitTargets` made, [rows, 1]
 */
export function emitLoss(
  graph: GraphBuilder,
  objective: Objective,
  { output, target }: { readonly output: Value; readonly target: Value },
  step: StepValues,
): EmittedLoss {
  const { values, slopes } = emitRows(graph, objective, output, target);
  return {
    loss: graph.op('MatMul', [step.averaging, values]),
    gradient: graph.op('Mul', [slopes, graph.reshape(step.inverseRows, [1, 1])]),
  };
}

/** Each row's loss, [rows, 1], and its derivative by the outputs, [rows, units]. */
interface RowLosses {
  readonly values: Value;
  readonly slopes: Value;
}

function emitRows(graph: GraphBuilder, { label, loss }: Objective, output: Value, target: Value): RowLosses {
  switch (label.kind) {
    case 'linear':
    case 'log':
      return emitResiduals(graph, residualLoss(loss), graph.op('Sub', [output, target]));
    case 'softplus': {
      const residual = graph.op('Sub', [graph.op('Softplus', [output]), target]);
      const { values, slopes } = emitResiduals(graph, residualLoss(loss), residual);
      return { values, slopes: graph.op('Mul', [slopes, graph.op('Sigmoid', [output])]) };
    }
    case 'binary': {
      // -t ln p - (1 - t) ln(1 - p) = ln(1 + e^z) - t z, without a logarithm of 0.
      const values = graph.op('Sub', [graph.op('Softplus', [output]), graph.op('Mul', [target, output])]);
      return { values, slopes: graph.op('Sub', [graph.op('Sigmoid', [output]), target]) };
    }
    case 'classes':
      return emitClasses(graph, label.size, output, target);
  }
}

/** -ln p of the own class, whose derivative by the outputs is p less 1 at the own class. */
function emitClasses(graph: GraphBuilder, size: number, output: Value, target: Value): RowLosses {
  const logs = graph.op('LogSoftmax', [output], { axis: 1 });
  const own = graph.op('Cast', [target], { to: ELEMENT_TYPE.int64 });
  const identity = graph.floats(identityMatrix(size), [size, size]);
  const ones = graph.op('Gather', [identity, graph.reshape(own, [-1])]);
  return {
    values: graph.op('Neg', [graph.op('GatherElements', [logs, own], { axis: 1 })]),
    slopes: graph.op('Sub', [graph.op('Exp', [logs]), ones]),
  };
}

function identityMatrix(size: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
}

/** Each row's loss and its derivative by the residual. */
function emitResiduals(graph: GraphBuilder, loss: ResidualLoss, residual: Value): RowLosses {
  switch (loss.kind) {
    case 'mse':
      return {
        values: graph.op('Mul', [residual, residual]),
        slopes: graph.op('Mul', [residual, cell(graph, 2)]),
      };
    case 'mae':
      return { values: graph.op('Abs', [residual]), slopes: graph.op('Sign', [residual]) };
    case 'huber': {
      // With c = the residual clipped to ±delta, both branches are c (r - c / 2), and c is the slope.
      const clipped = graph.op('Max', [graph.op('Min', [residual, cell(graph, loss.delta)]), cell(graph, -loss.delta)]);
      const half = graph.op('Mul', [clipped, cell(graph, 0.5)]);
      return { values: graph.op('Mul', [clipped, graph.op('Sub', [residual, half])]), slopes: clipped };
    }
  }
}

/** A constant as [1, 1]: onnxruntime multiplies a column by it eight times as fast as by one of the shape [1]. */
function cell(graph: GraphBuilder, value: number): Value {
  return graph.floats([value], [1, 1]);
}
