import { isFeasible, type StudyRecord, type TrialRecord } from '@assay/study';
import { stringify } from 'yaml';
import { formatJson } from '../format/json.js';
import { formatParams, type ParamFormat } from '../format/params.js';
import { formatValues } from '../format/values.js';
import { frontSize, requireFront, severalBest } from '../front.js';
import { frontTable } from '../front-table.js';
import { goalText, metricsOf, objectivesOf } from '../objectives.js';
import { withExistingStore } from '../open-store.js';
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
  const { study, trials } = await withExistingStore(options.store, async (store) => {
    const study = await requireStudy(store, reference.study);
    return { study, trials: await store.readTrials(study.id) };
  });
  if (asksForFront(reference, study, options)) printFront(study, trials, options);
  else printTrial(study, pickTrial(reference, study, trials, options.metric ?? null), options);
}

function asksForFront({ trial }: TrialReference, { directions }: StudyRecord, { metric }: BestOptions): boolean {
  return trial.kind === 'best' && directions.length > 1 && metric === undefined;
}

function printTrial(study: StudyRecord, trial: TrialRecord, { format, json }: BestOptions): void {
  if (json) {
    process.stdout.write(formatJson({ study: study.name, ...describeTrial(trial) }));
    return;
  }
  const value = trial.values.length === 0 ? trial.state : formatValues(metricsOf(study), trial.values);
  const mark = isFeasible(trial) ? '' : '  infeasible';
  process.stderr.write(`${study.name}@${trial.number}  ${value}${mark}\n`);
  process.stdout.write(formatParams(trial.params, format));
}

function describeTrial({ number, state, values, constraints, params, attributes }: TrialRecord) {
  return { trial: number, state, values, constraints, params, attributes };
}

function printFront(study: StudyRecord, trials: readonly TrialRecord[], { format, json }: BestOptions): void {
  const front = requireFront(study, trials);
  if (json) {
    const objectives = objectivesOf(study);
    process.stdout.write(formatJson({ study: study.name, objectives, front: front.map(describeTrial) }));
    return;
  }
  const text = frontText(study, front, format);
  process.stderr.write(`${study.name}: ${frontSize(front, trials)} (${goalText(study)})\n`);
  process.stdout.write(text);
}

/** @throws {CliError} `SEVERAL_BEST` for a format that holds one trial's parameters */
function frontText(study: StudyRecord, front: readonly TrialRecord[], format: ParamFormat): string {
  switch (format) {
    case 'table':
      return frontTable(study, front);
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
