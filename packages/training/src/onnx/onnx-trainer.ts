import { type BatchPlan, dropoutWidths } from '../batch-plan.js';
import { checkChunk } from '../check-rows.js';
import type { Chunk, NativeGate, Trainer, TrainerOptions } from '../engine.js';
import { checkLoss } from '../label-head.js';
import { checkModel, layerWidths, type ModelDescription } from '../model-description.js';
import { checkState, type ModelState } from '../model-state.js';
import { parameterLayout, trainableCount } from '../parameter-layout.js';
import { checkTraining, learningRate, stepSize, type TrainingDescription } from '../training-description.js';
import { OnnxPredictor } from './onnx-predictor.js';
import { GatedSession, type Tensors } from './session.js';
import { float32Tensor, int32Tensor, PrivateCopies } from './tensors.js';
import { carriedNames, trainingGraph } from './training-graph.js';

/** Floating-point operations of one native call: under half a second at 10 billion a second. */
const OPERATIONS_PER_CALL = 4e9;
/** Steps of one native call, whatever their size: a step's fixed cost is well under 0.2 ms. */
const STEPS_PER_CALL = 2048;

interface TrainerLimits {
  /** For tests: steps in one native call. The result does not depend on it. */
  readonly stepsPerCall?: number;
}

/** Trains by the graph of `trainingGraph`: equal batches of a chunk in as few native calls as their length allows. */
export class OnnxTrainer implements Trainer {
  readonly #options: TrainerOptions;
  readonly #session: GatedSession;
  readonly #predictor: OnnxPredictor;
  readonly #stepsPerCall: number;
  readonly #dropoutWidths: readonly number[];
  readonly #carried: ReturnType<typeof carriedNames>;
  readonly #features = new PrivateCopies();
  readonly #labels = new PrivateCopies();
  #state: ModelState;

  private constructor(options: TrainerOptions, session: GatedSession, predictor: OnnxPredictor, limits: TrainerLimits) {
    this.#options = options;
    this.#session = session;
    this.#predictor = predictor;
    this.#stepsPerCall = limits.stepsPerCall ?? stepsPerCall(options.model, options.training);
    this.#dropoutWidths = dropoutWidths(options.model);
    this.#carried = carriedNames(parameterLayout(options.model), options.training);
    this.#state = options.state;
  }

  static async create(options: TrainerOptions, gate: NativeGate, limits: TrainerLimits = {}): Promise<OnnxTrainer> {
    const { model, training, state } = options;
    checkModel(model);
    checkTraining(training);
    checkLoss(model.label, training.loss);
    checkState(model, training.optimizer, state);
    const predictor = await OnnxPredictor.create({ model, weights: state }, gate);
    const session = await GatedSession.open(trainingGraph(model, training), gate);
    return new OnnxTrainer(options, session, predictor, limits);
  }

  async train(chunk: Chunk, plan: BatchPlan): Promise<Float32Array> {
    const { width } = this.#options.model.input;
    checkChunk(chunk, plan, this.#options.model);
    const data = {
      x: float32Tensor(this.#features.of(chunk.x), [chunk.rows, width]),
      y: float32Tensor(this.#labels.of(chunk.y), [chunk.rows, 1]),
      ...(this.#dropoutWidths.length > 0 && { pool: float32Tensor(plan.dropoutPool, [plan.dropoutPool.length]) }),
    };
    const fullBatches = Math.floor(plan.order.length / plan.batchSize);
    const losses = new Float32Array(Math.ceil(plan.order.length / plan.batchSize));
    for (let batch = 0; batch < losses.length; ) {
      const steps = batch < fullBatches ? Math.min(this.#stepsPerCall, fullBatches - batch) : 1;
      losses.set(await this.#call(data, plan, batch, steps), batch);
      batch += steps;
    }
    return losses;
  }

  /** Trains `steps` batches of equal size, the first of them `batch`. */
  async #call(data: Tensors, plan: BatchPlan, batch: number, steps: number): Promise<Float32Array> {
    const before = this.#state;
    const results = await this.#session.run({ ...data, ...this.#planFeeds(plan, batch, steps), ...this.#stateFeeds() });
    const array = (name: string): Float32Array => results[name]!.data as Float32Array;
    this.#state = {
      step: before.step + steps,
      weights: array('nextWeights'),
      statistics: before.statistics.length > 0 ? array('nextStatistics') : before.statistics,
      slots: before.slots.map((_, i) => array(`nextSlot${i}`)),
    };
    return array('losses');
  }

  #planFeeds(plan: BatchPlan, batch: number, steps: number): Tensors {
    const { training } = this.#options;
    const order = plan.order.subarray(batch * plan.batchSize, (batch + steps) * plan.batchSize);
    const rows = order.length / steps;
    const rate = (of: (step: number) => number): Float32Array =>
      Float32Array.from({ length: steps }, (_, i) => of(this.#state.step + i));
    const feeds: Record<string, Tensors[string]> = {
      order: int32Tensor(order, [steps, rows]),
      ones: float32Tensor(new Float32Array(rows).fill(1), [rows]),
      inverseRows: float32Tensor(Float32Array.of(1 / rows), [1]),
      stepSizes: float32Tensor(
        rate((step) => stepSize(training, step)),
        [steps],
      ),
    };
    if (training.optimizer.kind === 'adamw') {
      feeds.rates = float32Tensor(
        rate((step) => learningRate(training.schedule, step)),
        [steps],
      );
    }
    this.#dropoutWidths.forEach((columns, d) => {
      const layers = this.#dropoutWidths.length;
      const starts = Int32Array.from({ length: steps }, (_, i) => plan.dropoutOffsets[(batch + i) * layers + d]!);
      feeds[`starts${d}`] = int32Tensor(starts, [steps, 1]);
      feeds[`ends${d}`] = int32Tensor(
        starts.map((start) => start + rows * columns),
        [steps, 1],
      );
    });
    return feeds;
  }

  #stateFeeds(): Tensors {
    const { weights, statistics, slots } = this.#state;
    const arrays: Readonly<Record<string, Float32Array>> = {
      weights,
      statistics,
      ...Object.fromEntries(slots.map((slot, i) => [`slot${i}`, slot])),
    };
    return Object.fromEntries(this.#carried.map(({ name, length }) => [name, float32Tensor(arrays[name]!, [length])]));
  }

  predict(x: Float32Array, rows: number): Promise<Float32Array> {
    this.#predictor.use(this.#state);
    return this.#predictor.predict(x, rows);
  }

  state(): Promise<ModelState> {
    return Promise.resolve(this.#state);
  }

  async dispose(): Promise<void> {
    await this.#session.release();
    await this.#predictor.dispose();
  }
}

/** Per row two operations a weight forward, four backward; per step a dozen for every weight in the optimizer. */
function stepsPerCall(model: ModelDescription, { batchSize }: TrainingDescription): number {
  const widths = layerWidths(model);
  const perRow = model.layers.reduce((sum, _, i) => sum + 6 * widths[i]! * widths[i + 1]!, 0);
  const perStep = perRow * batchSize + 12 * trainableCount(model);
  return Math.min(STEPS_PER_CALL, Math.max(1, Math.floor(OPERATIONS_PER_CALL / perStep)));
}
