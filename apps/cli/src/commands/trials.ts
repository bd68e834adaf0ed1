import {
  autoPick,
  CONFIRMED_TRIAL,
  isFeasible,
  isIgnored,
  type StudyRecord,
  type StudyStore,
  type TrialRecord,
} from '@assay/study';
import { CliError } from '../cli-error.js';
import { shellQuoted } from '../command-style.js';
import { formatDuration } from '../format/duration.js';
import { formatJson } from '../format/json.js';
import { formatNumber } from '../format/number.js';
import { paramsLine } from '../format/params.js';
import { formatTable } from '../format/table.js';
import { frontOf } from '../front.js';
import { metricsOf, objectiveNamed } from '../objectives.js';
import { withExistingStore } from '../open-store.js';
import { positiveInteger } from '../option-values.js';
import { requireStudy } from '../require-study.js';
import { type MarkOptions, marksAsked, markTrials } from './mark-trials.js';

interface TrialsOptions extends MarkOptions {
  readonly store: string;
  readonly json?: true;
  readonly state?: TrialRecord['state'];
  readonly sort: 'number' | 'value' | 'duration';
  readonly metric?: string;
  readonly limit?: string;
}

/** `assay trials <study>`: lists them, or changes what people say of some. */
export async function trials(name: string, options: TrialsOptions): Promise<void> {
  const marks = marksAsked(options);
  if (marks.length > 0) return await markTrials(name, marks, options);
  const limit = options.limit === undefined ? Infinity : positiveInteger(options.limit, '--limit');
  const { study, all, front } = await withExistingStore(options.store, async (store) => {
    const study = await requireStudy(store, name);
    return { study, ...(await readListed(store, study, options, limit)) };
  });
  const keyOf = sortKey(study, options);
  const shown = all
    .filter(({ state }) => options.state === undefined || state === options.state)
    .sort((a, b) => keyOf(a) - keyOf(b) || a.number - b.number)
    .slice(0, limit);
  process.stdout.write(options.json ? formatJson(shown.map(withSampler)) : table(study, shown, front));
}

/** The first trials of a large study do not take all the others. */
async function readListed(store: StudyStore, study: StudyRecord, { sort, state }: TrialsOptions, limit: number) {
  if (sort !== 'number' || state !== undefined || limit === Infinity || study.directions.length > 1) {
    const all = await store.readTrials(study.id);
    return { all, front: frontOf(study, all) };
  }
  const [best] = frontOf(study, await store.rankTrials(study.id, { limit: 1 }));
  const all = await store.readTrials(study.id, { limit });
  return { all, front: all.filter(({ number }) => number === best?.number) };
}

/** Beside the whole note: what `auto` picked for it, null where another sampler, or nobody, made it. */
function withSampler(trial: TrialRecord) {
  return { ...trial, autoPick: autoPick(trial.note) };
}

/** What to sort by, ascending. Trials without it come last. @throws {CliError} `BAD_OPTION` */
function sortKey(study: StudyRecord, { sort, metric }: TrialsOptions): (trial: TrialRecord) => number {
  if (metric !== undefined && sort !== 'value') {
    throw new CliError('BAD_OPTION', `--metric says what --sort value sorts by, and this sorts by ${sort}.`);
  }
  switch (sort) {
    case 'number':
      return ({ number }) => number;
    case 'duration':
      return (trial) => durationMs(trial) ?? Number.MAX_VALUE;
    case 'value':
      return valueKey(study, sortedObjective(study, metric));
  }
}

function sortedObjective(study: StudyRecord, metric: string | undefined): number {
  if (metric !== undefined) return objectiveNamed(study, metric);
  const [first = '', ...others] = metricsOf(study);
  if (others.length === 0) return 0;
  const choice = [first, ...others].map((name) => `--metric ${shellQuoted(name)}`).join(' or ');
  throw new CliError('BAD_OPTION', `Study '${study.name}' has several values to sort by.`, `Say which: ${choice}`);
}

/** The best first, infeasible ones behind the infinite ones, those without a value behind them. */
function valueKey({ directions }: StudyRecord, objective: number): (trial: TrialRecord) => number {
  const sign = directions[objective] === 'maximize' ? -1 : 1;
  return (trial) => {
    const value = trial.values[objective];
    if (value === undefined) return Number.MAX_VALUE;
    return isFeasible(trial) ? Math.min(sign * value, Number.MAX_VALUE / 4) : Number.MAX_VALUE / 2;
  };
}

function durationMs({ startedMs, finishedMs }: TrialRecord): number | null {
  return startedMs === null || finishedMs === null ? null : finishedMs - startedMs;
}

function table(study: StudyRecord, shown: readonly TrialRecord[], front: readonly TrialRecord[]): string {
  const metrics = metricsOf(study);
  const isAuto = shown.some(({ note }) => autoPick(note) !== null);
  return formatTable(
    [
      { title: 'trial', align: 'right' },
      { title: 'state' },
      ...metrics.map((title) => ({ title, align: 'right' }) as const),
      { title: 'steps', align: 'right' },
      { title: 'time', align: 'right' },
      ...(isAuto ? [{ title: 'auto' }] : []),
      { title: 'parameters' },
    ],
    shown.map((trial) => {
      const duration = durationMs(trial);
      return [
        String(trial.number),
        `${trial.state}${markOf(trial, front)}`,
        ...metrics.map((_, objective) => formatValue(trial.values[objective])),
        String(trial.reports.length),
        duration === null ? '-' : formatDuration(duration),
        ...(isAuto ? [autoPick(trial.note) ?? '-'] : []),
        trial.end === null || trial.end.reason === 'pruned'
          ? `${againText(trial)}${paramsLine(trial.params)}${remarks(trial)}`
          : `${trial.end.reason}: ${firstLine(trial.end.message)}`,
      ];
    }),
  );
}

/** A lone best trial is `best`; several are on the front. */
function markOf(trial: TrialRecord, front: readonly TrialRecord[]): string {
  if (isIgnored(trial)) return ', ignored';
  if (!isFeasible(trial)) return ', infeasible';
  if (!front.includes(trial)) return '';
  return trial.values.length > 1 ? ', on front' : ', best';
}

/** In a study that confirms another one's trials: which of them this runs again. */
function againText({ attributes }: TrialRecord): string {
  const confirms = attributes[CONFIRMED_TRIAL];
  return confirms === undefined ? '' : `@${String(confirms)} again: `;
}

/** What people noted of it. */
function remarks({ marks }: TrialRecord): string {
  const tags = marks?.tags.map((tag) => `  [${tag}]`).join('') ?? '';
  return marks?.note == null ? tags : `${tags}  # ${firstLine(marks.note)}`;
}

const formatValue = (value: number | undefined): string => (value === undefined ? '-' : formatNumber(value));

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
