import { createPruner, type Pruner } from '@assay/pruner';
import { createSampler, type Sampler } from '@assay/sampler';
import type { OptimizeOptions, PrepareContext, RetryLimits, StudySpec } from '@assay/study';
import { CliError } from './cli-error.js';
import { parseDuration } from './format/duration.js';
import { countValue, fraction, positiveInteger, studyName } from './option-values.js';
import { RUN_RETRIES, retryLimits } from './retries.js';

/** The options of `assay run` as commander hands them over. */
export interface RunOptions {
  readonly trials?: string;
  readonly until?: string;
  readonly timeout?: string;
  readonly wait?: string;
  readonly workers?: string;
  readonly sampler?: string;
  readonly pruner?: string;
  readonly seed?: string;
  readonly repeats?: string;
  readonly pruneMetric?: string;
  readonly warmStart?: string;
  readonly store: string;
  readonly name?: string;
  readonly engine: PrepareContext['engine'];
  readonly reader: PrepareContext['reader'];
  readonly maxFailures: string;
  readonly maxRetries?: string;
  readonly trialTimeout?: string;
  readonly maxBad?: string;
  readonly plain?: true;
  readonly altScreen: boolean;
  readonly json?: true | string;
}

/** The same, read and checked: everything that can be wrong with it has been said before anything starts. */
export interface RunPlan {
  readonly name: string;
  /** Null where no flag names one: a stored study then keeps its own. */
  readonly sampler: Sampler | null;
  readonly pruner: Pruner | null;
  readonly seed: number | undefined;
  /** How often each trial runs its objective; null where no flag says it. */
  readonly repeats: number | null;
  readonly pruneMetric: string | null;
  /** The name of the study to learn from. */
  readonly warmStart: string | null;
  readonly workers: number | null;
  readonly trials: number | null;
  /** Where neither `--trials`, `--until` nor `--timeout` is given: the study file's number of trials, in all. */
  readonly until: number | null;
  readonly timeoutMs: number | null;
  /** How long the store may take to answer. */
  readonly waitMs: number;
  readonly maxFailures: number;
  readonly retries: RetryLimits;
  readonly trialTimeLimitMs: number | null;
  readonly maxBad: number | undefined;
  /** What goes to stdout: nothing, the result, or every event. */
  readonly json: 'json' | 'ndjson' | null;
}

const DEFAULT_TRIALS = 50;

/** Flag before stored study before study file before default. @throws {CliError} `BAD_OPTION` @throws {SamplerError} @throws {PrunerError} */
export function readRunPlan(options: RunOptions, spec: StudySpec<unknown, unknown>): RunPlan {
  const trials = optional(options.trials, (text) => positiveInteger(text, '--trials'));
  const until = optional(options.until, (text) => positiveInteger(text, '--until'));
  const timeoutMs = optional(options.timeout, (text) => parseDuration(text, '--timeout'));
  const open = trials === null && until === null && timeoutMs === null;
  return {
    name: studyName(options.name ?? spec.name),
    sampler: optional(options.sampler, createSampler),
    pruner: optional(options.pruner, createPruner),
    seed: optional(options.seed, (text) => countValue(text, '--seed')) ?? undefined,
    repeats: optional(options.repeats, (text) => positiveInteger(text, '--repeats')),
    pruneMetric: optional(options.pruneMetric, (metric) => knownMetric(metric, spec)),
    warmStart: options.warmStart ?? null,
    workers: optional(options.workers, (text) => positiveInteger(text, '--workers')),
    trials,
    until: open ? (spec.trials ?? DEFAULT_TRIALS) : until,
    timeoutMs,
    waitMs: optional(options.wait, (text) => parseDuration(text, '--wait')) ?? 0,
    maxFailures: positiveInteger(options.maxFailures, '--max-failures'),
    retries: retryLimits(options.maxRetries, RUN_RETRIES),
    trialTimeLimitMs: optional(options.trialTimeout, (text) => parseDuration(text, '--trial-timeout')),
    maxBad: optional(options.maxBad, (text) => fraction(text, '--max-bad')) ?? undefined,
    json: readJsonFormat(options.json),
  };
}

/** The plan's limits, as `optimize` takes them. */
export function runLimits({ trials, until, timeoutMs, maxFailures, trialTimeLimitMs }: RunPlan): OptimizeOptions {
  return { trials, until, timeoutMs, maxFailures, trialTimeLimitMs };
}

function knownMetric(metric: string, { metrics }: StudySpec<unknown, unknown>): string {
  if (metrics.includes(metric)) return metric;
  throw new CliError('BAD_OPTION', `--prune-metric must be one of ${metrics.join(', ')}, got '${metric}'.`);
}

function readJsonFormat(json: RunOptions['json']): RunPlan['json'] {
  if (json === undefined) return null;
  if (json === true || json === 'json' || json === 'ndjson') return json === true ? 'json' : json;
  throw new CliError('BAD_OPTION', `--json takes no value, or ndjson; got '${json}'.`);
}

function optional<T>(text: string | undefined, read: (text: string) => T): T | null {
  return text === undefined ? null : read(text);
}
