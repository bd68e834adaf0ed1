import {
  categorical,
  type Distribution,
  float,
  int,
  type Parameter,
  type ParamValues,
  type RangeOptions,
  type Scalar,
  space,
} from '@assay/space';
import { StudyError } from './study-error.js';
import { suggestParam } from './suggest-param.js';
import type { NamedParams, TrialDesk } from './trial-desk.js';
import type { TrialRecord } from './trial-record.js';
import { trialSeed } from './trial-seed.js';

/** A trial that `ask` handed out and nobody has told the end of yet. */
export class LiveTrial<P> {
  readonly number: number;
  /** Typed and nested. Empty in a study without a declared space. */
  readonly params: P;
  /** Seeds everything random in the objective; the same for a retry. An integer in [0, 2^32). */
  readonly seed: number;
  readonly #desk: TrialDesk;
  readonly #trial: TrialRecord;
  readonly #named: { readonly params: Record<string, Scalar>; readonly space: Parameter[] } = { params: {}, space: [] };
  #verdict: string | null = null;

  constructor(desk: TrialDesk, trial: TrialRecord, params: P) {
    this.#desk = desk;
    this.#trial = trial;
    this.number = trial.number;
    this.params = params;
    this.seed = trialSeed(desk.setup.seed, trial);
  }

  /** The parameters by flat name, those that `suggest...` made included. */
  get values(): ParamValues {
    return this.#desk.setup.space === null ? { ...this.#named.params } : this.#trial.params;
  }

  /** Parameters that the trial named while it ran; undefined in a study with a declared space. */
  get named(): NamedParams | undefined {
    return this.#desk.setup.space === null ? this.#named : undefined;
  }

  /** Why `shouldPrune` said yes; null when it has not. */
  get verdict(): string | null {
    return this.#verdict;
  }

  /**
   * Stores an intermediate value; a second one for a step is ignored.
   * @param step a non-negative integer, in units that are comparable between trials
   * Written at once or, where reports come fast, together with the next ones (`StudyOptions.reportDelayMs`).
   * @throws {StoreError} `INVALID_VALUE`; `LEASE_LOST` when another process took this one for dead and ended the trial
   * @throws {StudyError} `NOT_RUNNING` after `tell`
   */
  report(step: number, value: number): Promise<void> {
    return this.#desk.report(this.number, { step, value });
  }

  /**
   * Asks the pruner whether to stop; then `tell(trial, { state: 'pruned' })`. Always false with several objectives, unless the
   * study has a `pruneMetric`.
   */
  async shouldPrune(): Promise<boolean> {
    const { prune, reason } = await this.#desk.judge(this.number);
    if (prune) this.#verdict = reason ?? 'the pruner stopped it';
    return prune;
  }

  /**
   * A real number in [low, high], for a study without a declared space. The sampler sees each parameter on its own, with the
   * trials that had it; so `random` and `tpe` can answer (and what goes well together is not learnt), while a grid or a Sobol
   * sequence needs the declared space.
   * @throws {StudyError} `NO_SUGGEST`; `BAD_PARAMS` when the name had another kind of values before, or a fixed value does not fit
   */
  suggestFloat(name: string, low: number, high: number, options: RangeOptions = {}): number {
    return this.#suggest(name, float(low, high, options)) as number;
  }

  /** A whole number in [low, high]; otherwise as `suggestFloat`. */
  suggestInt(name: string, low: number, high: number, options: RangeOptions = {}): number {
    return this.#suggest(name, int(low, high, options)) as number;
  }

  /** One of the choices; otherwise as `suggestFloat`. */
  suggestCategorical<const T extends Scalar>(name: string, choices: readonly T[]): T {
    return this.#suggest(name, categorical(choices)) as T;
  }

  #suggest(name: string, distribution: Distribution): Scalar {
    if (this.#desk.setup.space !== null) {
      const message = 'this study declares its space: read trial.params, or create the study without a space';
      throw new StudyError('NO_SUGGEST', message);
    }
    const [parameter] = space({ [name]: distribution }).parameters;
    const { params, space: seen } = this.#named;
    const known = { ...this.#trial, params: { ...this.#trial.params, ...params } };
    const value = suggestParam(this.#desk, known, parameter!, seen.length);
    if (!Object.hasOwn(params, name)) seen.push(parameter!);
    params[name] = value;
    return value;
  }
}
