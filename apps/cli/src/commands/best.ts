import { type Confirmation, isFeasible, readConfirmations, type StudyRecord, type TrialRecord } from '@assay/study';
import { stringify } from 'yaml';
import { confirmationLine, confirmationOf, describeConfirmation, verdict } from '../confirmation-text.js';
import { formatJson } from '../format/json.js';
import { formatParams, type ParamFormat } from '../format/params.js';
import { formatValues } from '../format/values.js';
import { frontSize, requireFront, severalBest } from '../front.js';
import { frontTable } from '../front-table.js';
import { goalText, metricsOf, objectivesOf } from '../objectives.js';
import { withExistingStore } from '../open-store.js';
import { readCandidates } from '../read-candidates.js';
import { requireStudy } from '../require-study.js';
import { parseTrialReference, pickTrial, type TrialReference } from '../trial-reference.js';

interface BestOptions {
  readonly store: string;
  readonly metric?: string;
  readonly format: ParamFormat;
  readonly json?: true;
}

/** `assay best <study>`: the parameters alone on stdout, what they are on stderr; with several objectives the front. */
export async function best(text: string, options: BestOptions): Promise<void> {
  const reference = parseTrialReference(text);
  const found = await withExistingStore(options.store, async (store) => {
    const study = await requireStudy(store, reference.study);
    const trials = await readCandidates(store, study, reference);
    return { study, trials, confirmed: await readConfirmations(store, study) };
  });
  if (asksForFront(reference, found.study, options)) printFront(found, options);
  else printTrial(found, pickTrial(reference, found.study, found.trials, options), options);
}

interface Found {
  readonly study: StudyRecord;
  readonly trials: readonly TrialRecord[];
  readonly confirmed: readonly Confirmation[];
}

function asksForFront({ trial }: TrialReference, { directions }: StudyRecord, { metric }: BestOptions): boolean {
  return trial.kind === 'best' && directions.length > 1 && metric === undefined;
}

function printTrial({ study, confirmed }: Found, trial: TrialRecord, { format, json }: BestOptions): void {
  const confirmation = confirmationOf(confirmed, trial);
  if (json) {
    process.stdout.write(formatJson({ study: study.name, ...describeTrial(trial, confirmed) }));
    return;
  }
  const value = trial.values.length === 0 ? trial.state : formatValues(metricsOf(study), trial.values);
  const mark = isFeasible(trial) ? '' : '  infeasible';
  const again = confirmation === null ? '' : `  ${confirmationLine(study, confirmation)}`;
  const better = confirmation?.rank === 1 ? '' : verdict(study, confirmed);
  process.stderr.write(`${study.name}@${trial.number}  ${value}${mark}${again}\n${better}`);
  process.stdout.write(formatParams(trial.params, format));
}

function printFront({ study, trials, confirmed }: Found, { format, json, store }: BestOptions): void {
  const front = requireFront(study, trials, store);
  if (json) {
    const described = front.map((trial) => describeTrial(trial, confirmed));
    process.stdout.write(formatJson({ study: study.name, objectives: objectivesOf(study), front: described }));
    return;
  }
  const text = frontText(study, front, confirmed, format);
  process.stderr.write(`${study.name}: ${frontSize(front, trials)}\n${goalText(study)}\n${verdict(study, confirmed)}`);
  process.stdout.write(text);
}

/** `confirmation` only where fresh runs have been made. */
function describeTrial(trial: TrialRecord, confirmed: readonly Confirmation[]) {
  const { number, state, values, constraints, params, attributes } = trial;
  const confirmation = confirmationOf(confirmed, trial);
  return {
    ...{ trial: number, state, values, constraints, params, attributes },
    ...(confirmation !== null && { confirmation: describeConfirmation(confirmation) }),
  };
}

/** @throws {CliError} `SEVERAL_BEST` for a format that holds one trial's parameters */
function frontText(
  study: StudyRecord,
  front: readonly TrialRecord[],
  confirmed: readonly Confirmation[],
  format: ParamFormat,
): string {
  switch (format) {
    case 'table':
      return frontTable(study, front, confirmed);
    case 'json':
      return formatJson(namedFront(study, front));
    case 'yaml':
      return stringify(namedFront(study, front));
    case 'env':
    case 'args':
      throw severalBest(study, front);
  }
}

function namedFront(study: StudyRecord, front: readonly TrialRecord[]) {
  const metrics = metricsOf(study);
  return front.map(({ number, values, params }) => ({
    trial: number,
    values: Object.fromEntries(values.map((value, at) => [metrics[at], value])),
    params,
  }));
}
