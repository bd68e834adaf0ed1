import type { SearchSpace } from '@assay/space';
import { type Axis, axesOf, pointOf } from '../axis.js';
import type { Observation, SamplerContext } from '../sampler.js';
import { FinishedTrials } from './finished-trials.js';
import { TpeModel } from './tpe-model.js';
import type { TpeOptions } from './tpe-options.js';
import { TriedRegister } from './tried-points.js';

/** Studies that a sampler remembers at a time: one per parameter where parameters are asked for one by one. */
const REMEMBERED = 64;

/**
 * What is worked out of a study's trials, kept up with them from one suggestion to the next. A speed-up alone: it tells
 * trials apart as objects, and all that it holds follows from the trials it was given last.
 */
export class StudyMemory {
  readonly axes: readonly Axis[];
  readonly finished: FinishedTrials;
  readonly model: TpeModel;
  tried: TriedRegister;
  readonly #newRegister: () => TriedRegister;
  /** A point with a continuous coordinate is practically never met again. */
  readonly #canRepeat: boolean;

  constructor({ space, directions, reportedObjective }: SamplerContext, options: TpeOptions) {
    const objectives = { directions, reportedObjective };
    this.axes = axesOf(space);
    this.finished = new FinishedTrials(objectives, options.maxGood);
    this.model = new TpeModel(this.axes, objectives, options);
    this.#newRegister = () => new TriedRegister(space, this.axes);
    this.tried = this.#newRegister();
    this.#canRepeat = this.axes.every(({ cells, gate }) => cells < Infinity || gate !== null);
  }

  sync({ history, running }: SamplerContext): void {
    const { added, removed } = this.finished.sync(history);
    if (!this.#canRepeat) return;
    if (removed.length > 0) this.tried = this.#newRegister();
    for (const trial of removed.length > 0 ? history : added) this.tried.add(this.#pointOf(trial));
    this.tried.setRunning(running.map((trial) => this.#pointOf(trial)));
  }

  #pointOf({ params }: Observation): Float64Array {
    return pointOf(this.axes, params);
  }
}

/** Finds a study's memory again by its space and objectives; two studies that share them take turns, each time afresh. */
export function studyMemories(options: TpeOptions): (context: SamplerContext) => StudyMemory {
  const memories = new Map<string, StudyMemory>();
  const keyOf = studyKeys();
  return (context) => {
    const key = keyOf(context);
    const memory = memories.get(key) ?? new StudyMemory(context, options);
    memories.delete(key);
    memories.set(key, memory);
    if (memories.size > REMEMBERED) memories.delete(memories.keys().next().value!);
    memory.sync(context);
    return memory;
  };
}

/** A text per space and objectives. A long text takes a while to make and to hash: each is made once per space object. */
function studyKeys(): (context: SamplerContext) => string {
  const bySpace = new WeakMap<SearchSpace, Map<string, string>>();
  return ({ space, directions, reportedObjective }) => {
    const keys = bySpace.get(space) ?? new Map<string, string>();
    bySpace.set(space, keys);
    const objectives = `${directions} ${reportedObjective}`;
    const key = keys.get(objectives) ?? `${objectives} ${JSON.stringify(space)}`;
    keys.set(objectives, key);
    return key;
  };
}
