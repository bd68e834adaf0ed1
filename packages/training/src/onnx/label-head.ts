import type { LabelHead } from '../label-head.js';
import type { GraphBuilder, Value } from './graph-builder.js';

/** Labels in their own units to what the loss compares the outputs with; both [rows, 1]. */
export function emitTargets(graph: GraphBuilder, label: LabelHead, labels: Value): Value {
  switch (label.kind) {
    case 'linear':
      return standardized(graph, label, labels);
    case 'log':
      return standardized(graph, label, graph.op('Log', [labels]));
    case 'softplus':
      return graph.op('Div', [labels, graph.scalar(label.deviation)]);
    case 'binary':
    case 'classes':
      return labels;
  }
}

/** The last layer's outputs to predictions; both [rows, units]. */
export function emitPrediction(graph: GraphBuilder, label: LabelHead, output: Value): Value {
  switch (label.kind) {
    case 'linear':
      return scaled(graph, label, output);
    case 'log':
      return graph.op('Exp', [scaled(graph, label, output)]);
    case 'softplus':
      return graph.op('Mul', [graph.op('Softplus', [output]), graph.scalar(label.deviation)]);
    case 'binary':
      return graph.op('Sigmoid', [output]);
    case 'classes':
      return graph.op('Softmax', [output], { axis: 1 });
  }
}

interface Scaling {
  readonly mean: number;
  readonly deviation: number;
}

function standardized(graph: GraphBuilder, { mean, deviation }: Scaling, value: Value): Value {
  return graph.op('Div', [graph.op('Sub', [value, graph.scalar(mean)]), graph.scalar(deviation)]);
}

function scaled(graph: GraphBuilder, { mean, deviation }: Scaling, value: Value): Value {
  return graph.op('Add', [graph.op('Mul', [value, graph.scalar(deviation)]), graph.scalar(mean)]);
}
