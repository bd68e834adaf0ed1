import type { ActivationName } from '../../model-description.js';
import type { GraphBuilder, Value } from '../graph-builder.js';
import { ELEMENT_TYPE } from '../onnx-proto.js';
import type { EmittedLayer } from './emitted-layer.js';

/** An activation's value, and the way to its derivative at the same input. */
interface EmittedActivation {
  readonly output: Value;
  readonly derivative: () => Value;
}

const FLOAT32 = { to: ELEMENT_TYPE.float32 };

type ActivationEmitter = (graph: GraphBuilder, x: Value) => EmittedActivation;

const ACTIVATIONS: Readonly<Record<ActivationName, ActivationEmitter>> = { relu, elu, tanh, gelu, selu };

export function activationForward(graph: GraphBuilder, name: ActivationName, x: Value): Value {
  return ACTIVATIONS[name](graph, x).output;
}

export function emitActivation(graph: GraphBuilder, name: ActivationName, x: Value): EmittedLayer {
  const { output, derivative } = ACTIVATIONS[name](graph, x);
  return {
    output,
    backward: (dy) => ({ gradients: {}, input: () => graph.op('Mul', [dy, derivative()]) }),
  };
}

/** Comparing and casting takes a third of the time of Sign, which onnxruntime does not vectorize. */
function relu(graph: GraphBuilder, x: Value): EmittedActivation {
  const output = graph.op('Relu', [x]);
  const derivative = (): Value => graph.op('Cast', [graph.op('Greater', [output, graph.scalar(0)])], FLOAT32);
  return { output, derivative };
}

/** exp(x) = y + 1 where x <= 0, and y + 1 > 1 elsewhere: the smaller of y + 1 and 1. */
function elu(graph: GraphBuilder, x: Value): EmittedActivation {
  const output = graph.op('Elu', [x]);
  const one = graph.scalar(1);
  return { output, derivative: () => graph.op('Min', [graph.op('Add', [output, one]), one]) };
}

/** 1 - y². */
function tanh(graph: GraphBuilder, x: Value): EmittedActivation {
  const output = graph.op('Tanh', [x]);
  return { output, derivative: () => graph.op('Sub', [graph.scalar(1), graph.op('Mul', [output, output])]) };
}

/** x Φ(x), and Φ(x) + x φ(x). */
function gelu(graph: GraphBuilder, x: Value): EmittedActivation {
  const half = graph.scalar(0.5);
  const erf = graph.op('Erf', [graph.op('Mul', [x, graph.scalar(Math.SQRT1_2)])]);
  const cdf = graph.op('Add', [graph.op('Mul', [erf, half]), half]);
  const derivative = (): Value => {
    const exponent = graph.op('Mul', [graph.op('Mul', [x, x]), graph.scalar(-0.5)]);
    const pdf = graph.op('Mul', [graph.op('Exp', [exponent]), graph.scalar(1 / Math.sqrt(2 * Math.PI))]);
    return graph.op('Add', [cdf, graph.op('Mul', [x, pdf])]);
  };
  return { output: graph.op('Mul', [x, cdf]), derivative };
}

/** Klambauer et al. 2017, "Self-Normalizing Neural Networks". */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** scale where x > 0, else scale alpha exp(x) = y + scale alpha. */
function selu(graph: GraphBuilder, x: Value): EmittedActivation {
  const output = graph.op('Selu', [x], { alpha: { float: SELU_ALPHA }, gamma: { float: SELU_SCALE } });
  const derivative = (): Value => {
    const positive = graph.op('Greater', [x, graph.scalar(0)]);
    const negativeSlope = graph.op('Add', [output, graph.scalar(SELU_SCALE * SELU_ALPHA)]);
    return graph.op('Where', [positive, graph.scalar(SELU_SCALE), negativeSlope]);
  };
  return { output, derivative };
}
