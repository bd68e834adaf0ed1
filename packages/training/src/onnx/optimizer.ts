import type { Optimizer } from '../training-description.js';
import type { GraphBuilder, Value } from './graph-builder.js';

/**
 * What becomes of slots of a weight that has no gradient for long (a category that is rare, a unit that is dead): they shrink
 * by a factor a step until they are denormal, and arithmetic with denormal numbers takes 30 to 70 times as long (measured:
 * a step of a small network 15% longer after 1000 steps). So a mean of squares never falls below `SQUARES_FLOOR`, whose root is
 * nothing beside any epsilon, and other slots lose what is far below `ROUNDING`: too little to move a weight.
 */
const SQUARES_FLOOR = 1e-33;
const ROUNDING = 1e-25;

type AdamFamily = Extract<Optimizer, { kind: 'adam' | 'adamw' }>;
type Sgd = Extract<Optimizer, { kind: 'sgd' }>;
type RmsProp = Extract<Optimizer, { kind: 'rmsprop' }>;

/** Flat vectors as long as the weights, before or after a step. */
export interface OptimizerValues {
  readonly weights: Value;
  readonly slots: readonly Value[];
}

/** What one step adds. */
export interface OptimizerStep {
  readonly gradient: Value;
  /** [1], `stepSize` of this step. */
  readonly stepSize: Value;
  /** Factor of every weight before an adamw step: 1 - lr weightDecay for kernels, else 1. Other optimizers do not read it. */
  readonly decay: () => Value;
}

/** One step of `optimizer`; the rules are written at `Optimizer`. */
export function emitOptimizer(
  graph: GraphBuilder,
  optimizer: Optimizer,
  before: OptimizerValues,
  step: OptimizerStep,
): OptimizerValues {
  switch (optimizer.kind) {
    case 'sgd':
      return emitSgd(graph, optimizer, before, step);
    case 'adam':
      return emitAdam(graph, optimizer, before, step);
    case 'adamw': {
      const weights = graph.op('Mul', [before.weights, step.decay()]);
      return emitAdam(graph, optimizer, { ...before, weights }, step);
    }
    case 'rmsprop':
      return emitRmsProp(graph, optimizer, before, step);
  }
}

function emitSgd(graph: GraphBuilder, { momentum, nesterov }: Sgd, before: OptimizerValues, step: OptimizerStep) {
  const scaled = graph.op('Mul', [step.gradient, step.stepSize]);
  const [velocity] = before.slots;
  if (velocity === undefined) return { weights: graph.op('Sub', [before.weights, scaled]), slots: [] };
  const decayed = (value: Value): Value => graph.op('Mul', [value, graph.scalar(momentum)]);
  const next = rounded(graph, graph.op('Sub', [decayed(velocity), scaled]));
  const move = nesterov ? graph.op('Sub', [decayed(next), scaled]) : next;
  return { weights: graph.op('Add', [before.weights, move]), slots: [next] };
}

function emitAdam(graph: GraphBuilder, options: AdamFamily, before: OptimizerValues, step: OptimizerStep) {
  const { beta1, beta2, epsilon } = options;
  const [first, second] = before.slots as [Value, Value];
  const m = rounded(graph, approach(graph, first, step.gradient, 1 - beta1));
  const v = meanSquare(graph, second, step.gradient, 1 - beta2);
  const denominator = graph.op('Add', [graph.op('Sqrt', [v]), graph.scalar(epsilon)]);
  const move = graph.op('Div', [graph.op('Mul', [m, step.stepSize]), denominator]);
  return { weights: graph.op('Sub', [before.weights, move]), slots: [m, v] };
}

function emitRmsProp(graph: GraphBuilder, { rho, epsilon }: RmsProp, before: OptimizerValues, step: OptimizerStep) {
  const [square] = before.slots as [Value];
  const v = meanSquare(graph, square, step.gradient, 1 - rho);
  const denominator = graph.op('Sqrt', [graph.op('Add', [v, graph.scalar(epsilon)])]);
  const move = graph.op('Div', [graph.op('Mul', [step.gradient, step.stepSize]), denominator]);
  return { weights: graph.op('Sub', [before.weights, move]), slots: [v] };
}

function meanSquare(graph: GraphBuilder, before: Value, gradient: Value, share: number): Value {
  const square = graph.op('Mul', [gradient, gradient]);
  return graph.op('Max', [approach(graph, before, square, share), graph.scalar(SQUARES_FLOOR)]);
}

/** A multiple of the last digit of `ROUNDING`; what is larger than 10 million times that stays as it is. */
function rounded(graph: GraphBuilder, value: Value): Value {
  const rounding = graph.scalar(ROUNDING);
  return graph.op('Sub', [graph.op('Add', [value, rounding]), rounding]);
}

/** value + share (target - value). */
function approach(graph: GraphBuilder, value: Value, target: Value, share: number): Value {
  const difference = graph.op('Sub', [target, value]);
  return graph.op('Add', [value, graph.op('Mul', [difference, graph.scalar(share)])]);
}
