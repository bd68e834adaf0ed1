import type { Direction } from '@assay/sampler';
import type { ParamValues, SearchSpace } from '@assay/space';
import { bestTrials } from './best-trials.js';
import { inlineExecutor } from './inline-executor.js';
import { LiveTrial } from './live-trial.js';
import { objectiveOutcome } from './objective-outcome.js';
import { requirePartial } from './open-params.js';
import { type OptimizeOptions, optimize } from './optimize.js';
import { StudyError } from './study-error.js';
import type { StopReason, StudyListener } from './study-event.js';
import type { Objective } from './study-spec.js';
import type { StudyRecord } from './study-store.js';
import { TrialDesk } from './trial-desk.js';
import { endingOf, failed, type StopCause } from './trial-ending.js';
import type { TrialOutcome } from './trial-executor.js';
import type { StudySetup } from './trial-plan.js';
import type { TrialRecord } from './trial-record.js';

/** How a trial without values ended. `pruned` takes the last reported value. */
export interface ToldState {
  readonly state: 'pruned' | 'failed';
  readonly message?: string;
}

/** Turns flat values into typed parameters and back: a `Space`, or anything like it. */
export interface ParamsCodec<P> {
  readonly parameters: SearchSpace;
  decode(values: ParamValues): P;
  encode(params: P): ParamValues;
}

/** An open study: hands out trials, takes in results, knows the best. `P` is the type of its trials' parameters. */
export class Study<P> {
  readonly record: StudyRecord;
  /** What `optimize` works with. */
  readonly desk: TrialDesk;
  readonly #codec: ParamsCodec<P>;

  constructor(setup: StudySetup, codec: ParamsCodec<P>) {
    this.record = setup.study;
    this.desk = new TrialDesk(setup);
    this.#codec = codec;
  }

  get name(): string {
    return this.record.name;
  }

  get directions(): readonly Direction[] {
    return this.record.directions;
  }

  /**
   * The next trial: the oldest that waits, or a new one with the sampler's suggestion. It runs, under this process's lease,
   * until `tell`.
   * @throws {StudyError} `EXHAUSTED` when the sampler has nothing left to try
   */
  async ask(): Promise<LiveTrial<P>> {
    const asked = await this.desk.ask(null);
    if (asked.kind === 'trial') return new LiveTrial(this.desk, asked.trial, this.#codec.decode(asked.trial.params));
    throw new StudyError('EXHAUSTED', `the sampler '${this.desk.setup.sampler.name}' has nothing left to try`);
  }

  /**
   * Ends a trial; durable when it resolves. A NaN or infinite value ends it as PRUNED with reason `diverged`.
   * @param result the value, or one per objective, or `{ state: 'pruned' }`, or `{ state: 'failed', message }`
   * @returns the trial as the store has it: not with this result when another process ended it first
   * @throws {StudyError} `BAD_VALUE` when the values do not fit the study's objectives (the trial then goes on), `NOT_RUNNING`
   * when it has ended already, `RESULT_NOT_STORED`
   */
  async tell(trial: LiveTrial<P>, result: number | readonly number[] | ToldState): Promise<TrialRecord> {
    const { reports } = this.desk.trial(trial.number);
    const stop: StopCause | null = trial.verdict === null ? null : { kind: 'pruned', message: trial.verdict };
    const standing = { directions: this.directions, reports, stop };
    const ending =
      isState(result) && result.state === 'failed'
        ? failed('threw', result.message ?? 'told as failed')
        : endingOf(isState(result) ? { kind: 'stopped' } : this.#outcome(result), standing);
    return await this.desk.finish(trial.number, ending, trial.named);
  }

  /** Adds a trial with these parameters, tried before anything the sampler suggests. Returns its number. @throws {SpaceError} */
  enqueue(params: P): Promise<number> {
    return this.enqueueValues(this.#codec.encode(params));
  }

  /**
   * The same by flat names, and any may be left out: those are drawn uniformly when the trial starts.
   * @throws {StudyError} `BAD_PARAMS` for an unknown name
   * @throws {SpaceError} for a value out of range, or one whose parent is missing or switches it off
   */
  async enqueueValues(values: ParamValues): Promise<number> {
    const { store, study, space } = this.desk.setup;
    if (space !== null) requirePartial(space, values);
    return await store.enqueueTrial(study.id, values);
  }

  /** All trials of the study, other processes' included, ascending by number. */
  async trials(): Promise<readonly TrialRecord[]> {
    await this.desk.view.sync();
    return [...this.desk.view.trials];
  }

  /** The best complete and feasible trial, the earliest of equal ones. @throws {StudyError} `MULTI_OBJECTIVE` */
  async best(): Promise<TrialRecord | null> {
    if (this.directions.length > 1) {
      throw new StudyError(
        'MULTI_OBJECTIVE',
        `${this.name} has ${this.directions.length} objectives; ask for bestTrials()`,
      );
    }
    return (await this.bestTrials())[0] ?? null;
  }

  /** The complete and feasible trials that no other one beats in every objective. */
  async bestTrials(): Promise<readonly TrialRecord[]> {
    return bestTrials(await this.trials(), this.directions);
  }

  /** Hears everything that happens in this process's study. Returns the call that ends it. */
  subscribe(listener: StudyListener): () => void {
    return this.desk.events.subscribe(listener);
  }

  /**
   * Runs a TypeScript function as objective in this thread until a stop condition is met; see `inlineExecutor` for what that
   * means for time limits. For true parallelism give `optimize` an executor on worker threads.
   * @param options.workers how many trials to have in flight at a time: more than one only helps an objective that waits
   */
  async optimize<D = undefined>(
    objective: Objective<P, D>,
    options: OptimizeOptions & { readonly workers?: number; readonly data?: D } = {},
  ): Promise<StopReason> {
    const { workers = 1, data, ...rest } = options;
    const executor = inlineExecutor(
      { space: this.#codec, objective, metrics: this.#metrics },
      { workers, data: data as D },
    );
    return await optimize(this, executor, rest);
  }

  /** A name for each objective, also where the study's maker gave none. */
  get #metrics(): readonly string[] {
    return this.directions.map((_, objective) => this.record.metrics[objective] ?? `value ${objective}`);
  }

  #outcome(result: number | readonly number[]): TrialOutcome {
    const values = typeof result === 'number' ? [result] : [...result];
    const outcome = objectiveOutcome({ values }, this.#metrics);
    if (outcome.kind === 'failed') throw new StudyError('BAD_VALUE', outcome.message);
    return outcome;
  }
}

function isState(result: number | readonly number[] | ToldState): result is ToldState {
  return typeof result === 'object' && !Array.isArray(result);
}
