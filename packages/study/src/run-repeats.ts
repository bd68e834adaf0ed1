import type { Json } from '@assay/space';
import { objectiveOutcome, thrownOutcome } from './objective-outcome.js';
import type { Repeats } from './repeats.js';
import type { TrialReports } from './run-objective.js';
import type { Objective, Trial } from './study-spec.js';
import type { RepeatPlan, TrialOutcome } from './trial-executor.js';
import { repeatSeed } from './trial-seed.js';

/** The attribute under which a trial keeps its repeats' values: a number each, or a list with one per objective. */
export const REPEAT_VALUES = 'repeats';

type Completed = Extract<TrialOutcome, { readonly kind: 'complete' }>;

/**
 * Runs the objective once per repeat, each time with a seed of its own, and reports its value under the repeat's number. The
 * trial's values are the means or medians of the repeats', its constraints the worst of them; of attributes of one name the
 * last repeat's stays. A repeat that fails or diverges decides for the whole trial. Stopped while repeats are left, the trial
 * is worth what those so far come to; what an interrupted repeat returns does not count.
 * @param trial as its first repeat sees it
 */
export async function runRepeats<P, D>(
  trial: Trial<P, D>,
  plan: RepeatPlan,
  reports: TrialReports,
  objective: Objective<P, D>,
  metrics: readonly string[],
): Promise<TrialOutcome> {
  const done: Completed[] = [];
  for (let repeat = 0; repeat < plan.count; repeat++) {
    const seed = repeatSeed(trial.seed, repeat);
    const report: Trial<P, D>['report'] = () => reports.checkIn();
    const outcome = await runRepeat({ ...trial, repeat, seed, report }, reports, objective, metrics);
    if (outcome.kind === 'stopped') return stoppedAfter(done, plan);
    if (outcome.kind !== 'complete') return inRepeat(repeat, plan, outcome);
    const problem = constraintProblem(done[0], outcome);
    if (problem !== null) return inRepeat(repeat, plan, problem);
    done.push(outcome);
    const answer = await reports.report(repeat, outcome.values[plan.reported]!);
    if (answer === 'stop' && done.length < plan.count) return stoppedAfter(done, plan);
  }
  return {
    kind: 'complete',
    values: metrics.map((_, j) => aggregateOf(valuesOf(done, j), plan.aggregate)),
    ...constraintsOf(done),
    attributes: attributesOf(done),
  };
}

async function runRepeat<P, D>(
  trial: Trial<P, D>,
  reports: TrialReports,
  objective: Objective<P, D>,
  metrics: readonly string[],
): Promise<TrialOutcome> {
  try {
    const result: unknown = await objective(trial);
    await reports.settled();
    return reports.stopped ? { kind: 'stopped' } : objectiveOutcome(result, metrics);
  } catch (error) {
    return thrownOutcome(error);
  }
}

function inRepeat(repeat: number, { count }: Repeats, outcome: TrialOutcome): TrialOutcome {
  if (!('message' in outcome)) return outcome;
  return { ...outcome, message: `repeat ${repeat + 1} of ${count}: ${outcome.message}` };
}

function constraintProblem(first: Completed | undefined, { constraints = [] }: Completed): TrialOutcome | null {
  const expected = first?.constraints?.length ?? 0;
  if (first === undefined || constraints.length === expected) return null;
  const message = `it returned ${constraints.length} constraints, the first repeat ${expected}`;
  return { kind: 'failed', reason: 'invalid-value', message };
}

function stoppedAfter(done: readonly Completed[], { reported, aggregate }: RepeatPlan): TrialOutcome {
  if (done.length === 0) return { kind: 'stopped' };
  return { kind: 'stopped', value: aggregateOf(valuesOf(done, reported), aggregate), attributes: attributesOf(done) };
}

function valuesOf(done: readonly Completed[], objective: number): readonly number[] {
  return done.map(({ values }) => values[objective]!);
}

/** @param values at least one */
function aggregateOf(values: readonly number[], aggregate: Repeats['aggregate']): number {
  switch (aggregate) {
    case 'mean':
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    case 'median': {
      const ascending = [...values].sort((a, b) => a - b);
      return (ascending[(values.length - 1) >> 1]! + ascending[values.length >> 1]!) / 2;
    }
  }
}

function constraintsOf(done: readonly Completed[]): Pick<Completed, 'constraints'> {
  const [first] = done;
  if (first?.constraints === undefined) return {};
  return { constraints: first.constraints.map((_, c) => Math.max(...done.map((each) => each.constraints![c]!))) };
}

function attributesOf(done: readonly Completed[]): Readonly<Record<string, Json>> {
  const own: Record<string, Json> = {};
  for (const { attributes } of done) Object.assign(own, attributes);
  return { ...own, [REPEAT_VALUES]: done.map(({ values }) => (values.length === 1 ? values[0]! : values)) };
}
