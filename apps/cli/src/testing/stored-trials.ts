import type { TrialRecord } from '@assay/study';
import { type AssayOptions, assay } from './assay-process.js';

/** A trial as `assay trials --json` prints it: infinities are strings. */
export type PrintedTrial = Omit<TrialRecord, 'values'> & {
  readonly values: readonly (number | string)[];
  readonly autoPick: string | null;
};

/** All trials of a study, asked through the command. */
export async function storedTrials(
  study: string,
  cwd: string,
  env: AssayOptions['env'] = {},
): Promise<readonly PrintedTrial[]> {
  const { stdout, stderr, code } = await assay(['trials', study, '--json'], { cwd, env });
  if (code !== 0) throw new Error(`assay trials ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as PrintedTrial[];
}

export function inState(trials: readonly PrintedTrial[], ...states: readonly TrialRecord['state'][]): PrintedTrial[] {
  return trials.filter(({ state }) => states.includes(state));
}

/** What the promise "same seed, same trials" covers, by draw: retries have other numbers and times. */
export function outcomesByDraw(trials: readonly PrintedTrial[]): unknown[] {
  return inState(trials, 'complete', 'pruned')
    .sort((a, b) => (a.draw ?? -1) - (b.draw ?? -1))
    .map(({ draw, params, state, values, reports }) => ({ draw, params, state, values, reports }));
}
