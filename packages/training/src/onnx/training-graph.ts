import type { ModelDescription } from '../model-description.js';
import { kernelVector, type ParameterLayout, parameterLayout } from '../parameter-layout.js';
import { slotCount, type TrainingDescription } from '../training-description.js';
import { emitClipping, emitPenalties } from './gradient-terms.js';
import { GraphBuilder, type Value } from './graph-builder.js';
import { emitRows, joinInput, pickRows, type StoredRows } from './input.js';
import { emitTargets } from './label-head.js';
import { dropoutFactors } from './layers/dropout.js';
import type { EmittedLayer } from './layers/emitted-layer.js';
import { emitLoss } from './loss.js';
import { arrayNamed, concatenated, emitBackward, emitTraining, splitArrays } from './network.js';
import { encodeModel, type GraphProto } from './onnx-proto.js';
import { emitOptimizer } from './optimizer.js';

/**
 * The graph's inputs and outputs. Inputs: x [n, width], y [n, 1], order [steps, batch] (rows of the chunk), ones
 * [batch], inverseRows [1] = 1 / batch, stepSizes [steps], weights, statistics (with batch norm), slot0 and slot1 (by
 * optimizer), rates [steps] (adamw), pool, starts0, ends0, starts1 ... [steps, 1] (with dropout).
 * Outputs: losses [steps, 1], nextWeights, nextStatistics, nextSlot0, nextSlot1.
 */
export function trainingGraph(model: ModelDescription, training: TrainingDescription): Uint8Array {
  const graph = new GraphBuilder();
  const layout = parameterLayout(model);
  const carried = carriedNames(layout, training);
  const outer = outerValues(graph, model, training);
  for (const { name, length } of carried) graph.input(name, 'float32', [length]);
  const body = loopBody(graph, model, training, outer);
  const trips = graph.op('Gather', [graph.op('Shape', [outer.order]), graph.int64s([0])]);
  const results = graph.ops('Loop', [trips, '', ...carried.map(({ name }) => name)], carried.length + 1, { body });
  carried.forEach(({ next, length }, i) => {
    graph.output(results[i]!, 'float32', [length], next);
  });
  graph.output(results.at(-1)!, 'float32', ['steps', 1], 'losses');
  return encodeModel(graph.build('training'));
}

/** What goes from one step to the next, in the order of the loop. */
export function carriedNames(layout: ParameterLayout, { optimizer }: TrainingDescription) {
  const slots = Array.from({ length: slotCount(optimizer) }, (_, i) => ({
    name: `slot${i}`,
    next: `nextSlot${i}`,
    length: layout.weightCount,
  }));
  const statistics = { name: 'statistics', next: 'nextStatistics', length: layout.statisticCount };
  return [
    { name: 'weights', next: 'nextWeights', length: layout.weightCount },
    ...slots,
    ...(layout.statisticCount > 0 ? [statistics] : []),
  ];
}

/** Values made once per call, which every step reads. */
interface OuterValues {
  readonly rows: StoredRows;
  readonly targets: Value;
  readonly order: Value;
  readonly summing: Value;
  readonly averaging: Value;
  readonly inverseRows: Value;
  readonly stepSizes: Value;
  readonly rates: Value | null;
  readonly dropouts: readonly { readonly factors: Value; readonly starts: Value; readonly ends: Value }[];
}

function outerValues(graph: GraphBuilder, model: ModelDescription, training: TrainingDescription): OuterValues {
  const stored = graph.input('x', 'float32', ['rows', model.input.width]);
  const labels = graph.input('y', 'float32', ['rows', 1]);
  const order = graph.input('order', 'int32', ['steps', 'batch']);
  const summing = graph.input('ones', 'float32', ['batch']);
  const inverseRows = graph.input('inverseRows', 'float32', [1]);
  return {
    rows: emitRows(graph, model.input, stored),
    targets: emitTargets(graph, model.label, labels),
    order,
    summing,
    averaging: graph.op('Mul', [summing, inverseRows]),
    inverseRows,
    stepSizes: graph.input('stepSizes', 'float32', ['steps']),
    rates: training.optimizer.kind === 'adamw' ? graph.input('rates', 'float32', ['steps']) : null,
    dropouts: dropoutValues(graph, model),
  };
}

function dropoutValues(graph: GraphBuilder, model: ModelDescription): OuterValues['dropouts'] {
  const rates = model.layers.flatMap((layer) => (layer.kind === 'dropout' ? [layer.rate] : []));
  if (rates.length === 0) return [];
  const pool = graph.input('pool', 'float32', ['draws']);
  const factors = new Map<number, Value>();
  return rates.map((rate, d) => {
    if (!factors.has(rate)) factors.set(rate, dropoutFactors(graph, pool, rate));
    const starts = graph.input(`starts${d}`, 'int32', ['steps', 1]);
    const ends = graph.input(`ends${d}`, 'int32', ['steps', 1]);
    return { factors: factors.get(rate)!, starts, ends };
  });
}

/** One optimizer step. */
function loopBody(
  outer: GraphBuilder,
  model: ModelDescription,
  training: TrainingDescription,
  values: OuterValues,
): GraphProto {
  const graph = new GraphBuilder(outer);
  const layout = parameterLayout(model);
  const step = graph.input('step', 'int64', []);
  const goOn = graph.input('goOn', 'bool', []);
  const carried = carriedNames(layout, training).map(({ name, length }) =>
    graph.input(`${name}Before`, 'float32', [length]),
  );
  const [weights, ...others] = carried as [Value, ...Value[]];
  const statistics = layout.statisticCount > 0 ? others.at(-1)! : null;
  const slots = others.slice(0, slotCount(training.optimizer));

  const numbers = graph.op('Gather', [values.order, step]);
  const arrays = splitArrays(graph, layout.weights, weights);
  const rows = pickRows(graph, model.input, values.rows, numbers);
  const layers = emitTraining(
    graph,
    model,
    { ...values, arrays, dropoutWindow: (d) => dropoutWindow(graph, values.dropouts[d]!, step) },
    joinInput(graph, model.input, rows, (name) => arrayNamed(arrays, name)),
  );
  const batch = { output: layers.at(-1)!.output, target: graph.op('Gather', [values.targets, numbers]) };
  const { loss, gradient } = emitLoss(graph, { label: model.label, loss: training.loss }, batch, values);
  const next = emitUpdate(graph, model, training, {
    weights,
    slots,
    gradient: emitBackward(graph, model, { rows, layers }, gradient),
    step,
    values,
  });

  graph.output(goOn, 'bool', [], 'goOnNext');
  for (const value of [next.weights, ...next.slots]) graph.output(value, 'float32', [layout.weightCount]);
  if (statistics !== null) {
    const moved = emitRunningStatistics(graph, model, layout, statistics, layers);
    graph.output(moved, 'float32', [layout.statisticCount]);
  }
  graph.output(loss, 'float32', [1]);
  return graph.build('step');
}

function dropoutWindow(graph: GraphBuilder, dropout: OuterValues['dropouts'][number], step: Value): Value {
  const start = graph.op('Gather', [dropout.starts, step]);
  const end = graph.op('Gather', [dropout.ends, step]);
  return graph.op('Slice', [dropout.factors, start, end]);
}

interface UpdateContext {
  readonly weights: Value;
  readonly slots: readonly Value[];
  readonly gradient: Value;
  readonly step: Value;
  readonly values: OuterValues;
}

/** Penalties, clipping, optimizer. */
function emitUpdate(graph: GraphBuilder, model: ModelDescription, training: TrainingDescription, at: UpdateContext) {
  const layout = parameterLayout(model);
  const { weights, slots, step, values } = at;
  const penalized = emitPenalties(graph, model, layout, { weights, gradient: at.gradient });
  const { clipNorm, optimizer } = training;
  return emitOptimizer(
    graph,
    optimizer,
    { weights, slots },
    {
      gradient: clipNorm === null ? penalized : emitClipping(graph, penalized, clipNorm),
      stepSize: graph.op('Gather', [values.stepSizes, step]),
      decay: () => {
        const decay = kernelVector(layout, () => (optimizer.kind === 'adamw' ? optimizer.weightDecay : 0));
        const rate = graph.op('Gather', [values.rates!, step]);
        const share = graph.op('Mul', [graph.floats(decay, [decay.length]), rate]);
        return graph.op('Sub', [graph.scalar(1), share]);
      },
    },
  );
}

/** running + (1 - momentum)(batch - running), every batch norm at once. */
function emitRunningStatistics(
  graph: GraphBuilder,
  model: ModelDescription,
  layout: ParameterLayout,
  running: Value,
  layers: readonly EmittedLayer[],
): Value {
  const share = new Float32Array(layout.statisticCount);
  const batch = new Map<string, Value>();
  for (const { name, index, role, offset, length } of layout.statistics) {
    const described = model.layers[index]!;
    if (described.kind === 'batchNorm') share.fill(1 - described.momentum, offset, offset + length);
    batch.set(name, layers[index]!.statistics![role]!);
  }
  const difference = graph.op('Sub', [concatenated(graph, layout.statistics, batch), running]);
  const move = graph.op('Mul', [difference, graph.floats(share, [share.length])]);
  return graph.op('Add', [running, move]);
}
