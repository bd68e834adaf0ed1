import type { Scalar, Tensor1D } from '@tensorflow/tfjs';
import type { BatchPlan } from '../batch-plan.js';
import { checkChunk } from '../check-rows.js';
import type { Chunk, Trainer, TrainerOptions } from '../engine.js';
import { checkLoss } from '../label-head.js';
import { checkModel } from '../model-description.js';
import { checkState, type ModelState } from '../model-state.js';
import { kernelVector, parameterLayout } from '../parameter-layout.js';
import { checkTraining } from '../training-description.js';
import { batchTensors, type EpochTensors, epochTensors } from './epoch-tensors.js';
import { predictRows, weightTensors } from './tfjs-predictor.js';
import type { TfjsRuntime } from './tfjs-runtime.js';
import { type StateTensors, type StepContext, trainingStep } from './training-step.js';

/** Trains op by op, one call through the gate per batch; weights and optimizer slots stay on the backend. */
export class TfjsTrainer implements Trainer {
  readonly #runtime: TfjsRuntime;
  readonly #context: StepContext;
  #tensors: StateTensors;
  #step: number;

  private constructor(runtime: TfjsRuntime, context: StepContext, tensors: StateTensors, step: number) {
    this.#runtime = runtime;
    this.#context = context;
    this.#tensors = tensors;
    this.#step = step;
  }

  static async create({ model, training, state }: TrainerOptions, runtime: TfjsRuntime): Promise<TfjsTrainer> {
    checkModel(model);
    checkTraining(training);
    checkLoss(model.label, training.loss);
    checkState(model, training.optimizer, state);
    const { tf } = runtime;
    const layout = parameterLayout(model);
    const tensors = await runtime.run('take a state', () => ({
      ...weightTensors(runtime, layout, state),
      slots: state.slots.map((slot) => tf.tensor1d(slot)),
    }));
    const { optimizer } = training;
    const decay =
      optimizer.kind === 'adamw'
        ? await runtime.run('take decay', () => tf.tensor1d(kernelVector(layout, () => optimizer.weightDecay)))
        : null;
    return new TfjsTrainer(runtime, { tf, model, layout, training, decay }, tensors, state.step);
  }

  async train(chunk: Chunk, plan: BatchPlan): Promise<Float32Array> {
    const { tf, model } = this.#context;
    checkChunk(chunk, plan, model);
    const epoch = await this.#runtime.run('take a chunk', () => epochTensors(tf, model, chunk, plan));
    const losses: Scalar[] = [];
    try {
      const batches = Math.ceil(plan.order.length / plan.batchSize);
      for (let batch = 0; batch < batches; batch++) losses.push(await this.#trainBatch(epoch, plan, batch));
      return await this.#runtime.take(await this.#runtime.run('collect losses', () => tf.stack(losses)));
    } finally {
      await this.#runtime.run('free tensors', () => tf.dispose([epoch, losses]));
    }
  }

  async #trainBatch(epoch: EpochTensors, plan: BatchPlan, batch: number): Promise<Scalar> {
    const { tf, model } = this.#context;
    const { loss, after } = await this.#runtime.run('train a batch', () => {
      const cut = batchTensors(tf, model, epoch, plan, batch);
      const stepped = trainingStep(this.#context, this.#tensors, cut, this.#step);
      tf.dispose(this.#tensors);
      return stepped;
    });
    this.#tensors = after;
    this.#step += 1;
    return loss;
  }

  predict(x: Float32Array, rows: number): Promise<Float32Array> {
    return predictRows(this.#runtime, this.#context.model, this.#tensors, x, rows);
  }

  async state(): Promise<ModelState> {
    const { weights, slots, statistics } = this.#tensors;
    const slotArrays: Float32Array[] = [];
    for (const slot of slots) slotArrays.push(await this.#read([slot]));
    return {
      step: this.#step,
      weights: await this.#read([weights]),
      statistics: await this.#read(statistics),
      slots: slotArrays,
    };
  }

  async #read(tensors: Tensor1D[]): Promise<Float32Array> {
    if (tensors.length === 0) return new Float32Array(0);
    return this.#runtime.take(await this.#runtime.run('copy a state', () => this.#context.tf.concat1d(tensors)));
  }

  dispose(): Promise<void> {
    const { tf, decay } = this.#context;
    return this.#runtime.run('free tensors', () => tf.dispose([this.#tensors, ...(decay === null ? [] : [decay])]));
  }
}
