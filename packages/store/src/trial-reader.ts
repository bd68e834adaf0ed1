import { isDeepStrictEqual } from 'node:util';
import type { Json, ParamValues, Scalar } from '@assay/space';
import type {
  EndReason,
  StoredDistribution,
  TrialEnd,
  TrialQuery,
  TrialRecord,
  TrialResources,
  TrialState,
} from '@assay/study';
import { LATE_RESULT } from '@assay/study';
import { readJson } from './json-text.js';
import { fromFixedParams, type OrderedValues, orderedValue, ParamDecoder } from './param-codec.js';
import type { SqlSession, SqlValues } from './sql-database.js';
import { constraintsOf } from './stored-constraints.js';
import { fromStoredNumber } from './stored-number.js';
import { fromStoredTime } from './stored-time.js';
import {
  AMONG,
  type AttributeRow,
  type NumberRow,
  type ParamRow,
  TRIALS_AMONG,
  type TrialQueries,
  type TrialRow,
} from './trial-queries.js';
import { fromStoredState } from './trial-state.js';

/** A trial while its rows are gathered. What it has none of is shared: a read of many trials is mostly memory. */
interface Draft {
  readonly row: TrialRow;
  readonly ordered: OrderedValues;
  readonly params: Record<string, Scalar>;
  distributions: Record<string, StoredDistribution>;
  values: number[];
  reports: { readonly step: number; readonly value: number }[];
  attributes: Record<string, Json>;
  system: [key: string, value: string][];
}

const NONE: never[] = [];
const NOTHING: Record<string, never> = {};
Object.freeze(NONE);
Object.freeze(NOTHING);

/** How much of a trial to read. */
export type TrialParts = Pick<TrialQuery, 'reports' | 'details'>;

/** Trials as records, whoever wrote them. */
export class TrialReader {
  readonly #decoder = new ParamDecoder();

  /**
   * Of our own trials one row holds parameters and values; the tables that Optuna reads are read for other tools' trials.
   * @param ordered the study's own ordered parameters, for trials that another tool made in it
   */
  async read(
    db: SqlSession,
    queries: TrialQueries,
    values: SqlValues,
    ordered: OrderedValues,
    { reports = true, details = false }: TrialParts = {},
  ): Promise<readonly TrialRecord[]> {
    const rows = <Row>(sql: string): Promise<Iterable<Row>> => db.rows<Row>(sql, values);
    const drafts = new Map(Array.from(await rows<TrialRow>(queries.trials), (row) => [row[0], draftOf(row, ordered)]));
    const all = [...drafts.values()];
    if (details) this.#addParams(drafts, await rows<ParamRow>(queries.params));
    else if (all.some(lacksParams)) this.#addParams(drafts, await rows<ParamRow>(queries.missingParams));
    if (all.some(lacksValues)) addValues(drafts, await rows<NumberRow>(queries.missingValues));
    if (reports) addReports(drafts, await rows<NumberRow>(queries.reports));
    addAttributes(drafts, await rows<AttributeRow>(queries.userAttributes));
    addSystemAttributes(drafts, await rows<AttributeRow>(queries.systemAttributes));
    return all.map(details ? withDetails : recordOf);
  }

  /** The trials with these ids, in this order, without their reports. */
  async readAmong(db: SqlSession, ids: readonly number[], ordered: OrderedValues): Promise<readonly TrialRecord[]> {
    const trials = new Map<number, TrialRecord>();
    for (let from = 0; from < ids.length; from += AMONG) {
      const values = Object.fromEntries(
        Array.from({ length: AMONG }, (_, i) => [`id${i}`, ids[from + i] ?? ids[from]!]),
      );
      for (const trial of await this.read(db, TRIALS_AMONG, values, ordered, { reports: false }))
        trials.set(trial.id, trial);
    }
    return ids.map((id) => trials.get(id)!);
  }

  #addParams(drafts: ReadonlyMap<number, Draft>, rows: Iterable<ParamRow>): void {
    for (const [id, name, stored, text] of rows) {
      const draft = drafts.get(id)!;
      const { decode, distribution } = this.#decoder.of(text);
      const values = draft.ordered[name];
      draft.params[name] = orderedValue(values, decode(stored));
      if (draft.distributions === NOTHING) draft.distributions = {};
      draft.distributions[name] = values === undefined ? distribution : { kind: 'ordered', values };
    }
  }
}

const [PARAMS_COLUMN, VALUES_COLUMN, RESOURCES_COLUMN] = [12, 13, 14] as const;

function draftOf(row: TrialRow, studyOrdered: OrderedValues): Draft {
  const own = row[7];
  const [params, values] = [row[PARAMS_COLUMN], row[VALUES_COLUMN]];
  return {
    row,
    ordered: own === null ? studyOrdered : (JSON.parse(own) as OrderedValues),
    params: params === null ? {} : JSON.parse(params),
    distributions: NOTHING,
    values: values === null ? NONE : JSON.parse(values),
    reports: NONE,
    attributes: NOTHING,
    system: NONE,
  };
}

function lacksParams({ row }: Draft): boolean {
  return row[PARAMS_COLUMN] === null;
}

function lacksValues({ row }: Draft): boolean {
  return row[VALUES_COLUMN] === null && (row[2] === 'COMPLETE' || row[2] === 'PRUNED');
}

function addValues(drafts: ReadonlyMap<number, Draft>, rows: Iterable<NumberRow>): void {
  for (const [id, , value, type] of rows) {
    const draft = drafts.get(id)!;
    if (draft.values === NONE) draft.values = [];
    draft.values.push(fromStoredNumber(value, type));
  }
}

function addReports(drafts: ReadonlyMap<number, Draft>, rows: Iterable<NumberRow>): void {
  for (const [id, step, value, type] of rows) {
    const draft = drafts.get(id)!;
    if (draft.reports === NONE) draft.reports = [];
    draft.reports.push({ step, value: fromStoredNumber(value, type) });
  }
}

function addAttributes(drafts: ReadonlyMap<number, Draft>, rows: Iterable<AttributeRow>): void {
  for (const [id, key, value] of rows) {
    const draft = drafts.get(id)!;
    if (draft.attributes === NOTHING) draft.attributes = {};
    draft.attributes[key] = readJson(value);
  }
}

function addSystemAttributes(drafts: ReadonlyMap<number, Draft>, rows: Iterable<AttributeRow>): void {
  for (const [id, key, value] of rows) {
    const draft = drafts.get(id)!;
    if (draft.system === NONE) draft.system = [];
    draft.system.push([key, value]);
  }
}

function recordOf(draft: Draft): TrialRecord {
  const record: { -readonly [Part in keyof TrialRecord]: TrialRecord[Part] } = bareRecord(draft);
  const resources = draft.row[RESOURCES_COLUMN];
  if (resources !== null) record.resources = JSON.parse(resources) as TrialResources;
  return record;
}

function bareRecord({ row, ordered, params, values, reports, attributes, system }: Draft): TrialRecord {
  const [id, number, storedState, start, complete, draw, note, , reason, message, stack, late] = row;
  const state = fromStoredState(storedState, reason);
  const results = system === NONE ? NO_RESULTS : systemResults(system, isOpen(state));
  return {
    id,
    number,
    state,
    params: results.fixed === null ? params : { ...fromFixedParams(results.fixed, ordered), ...params },
    values,
    constraints: results.constraints,
    reports,
    rungs: results.rungs,
    startedMs: fromStoredTime(start),
    finishedMs: fromStoredTime(complete),
    draw,
    retryOf: results.retryOf,
    note: note === null ? null : readJson(note),
    end: reason === null ? null : endOf(reason as EndReason, message ?? '', stack),
    attributes: late === null ? attributes : { ...attributes, [LATE_RESULT]: readJson(late) },
  };
}

function withDetails(draft: Draft): TrialRecord {
  const record = recordOf(draft);
  return {
    ...record,
    distributions: draft.distributions,
    system: systemResults(draft.system, isOpen(record.state)).others,
  };
}

function isOpen(state: TrialState): boolean {
  return state === 'waiting' || state === 'running';
}

function endOf(reason: EndReason, message: string, stack: string | null): TrialEnd {
  return stack === null ? { reason, message } : { reason, message, stack };
}

interface SystemResults {
  fixed: ParamValues | null;
  readonly constraints: number[];
  readonly rungs: number[];
  retryOf: number | null;
  readonly others: Record<string, Json>;
}

const NO_RESULTS: SystemResults = { fixed: null, constraints: NONE, rungs: NONE, retryOf: null, others: NOTHING };

/** What matters here of the attributes that Optuna's own components write, in Optuna 5's form of constraints as well. */
function systemResults(attributes: readonly (readonly [key: string, value: string])[], isOpen: boolean): SystemResults {
  const results: SystemResults = { fixed: null, constraints: [], rungs: [], retryOf: null, others: {} };
  for (const [key, value] of attributes) {
    if (key === 'fixed_params' && isOpen) results.fixed = readJson(value) as ParamValues;
    else if (key === 'failed_trial') results.retryOf = readJson(value) as number;
    else if (key === 'constraints') results.constraints.unshift(...constraintsOf(value));
    else if (key.startsWith('constraints:')) results.constraints.push(...constraintsOf(value));
    else if (key.startsWith('completed_rung_')) results.rungs[Number(key.slice(15))] = readJson(value) as number;
    else results.others[key] = readJson(value);
  }
  const { retry_history: history } = results.others;
  if (isDeepStrictEqual(history, [results.retryOf])) delete results.others.retry_history; // retryOf says it all
  return results;
}
