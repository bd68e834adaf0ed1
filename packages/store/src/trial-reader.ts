import { isDeepStrictEqual } from 'node:util';
import type { Distribution, Json, ParamValues, Scalar } from '@assay/space';
import type { EndReason, TrialEnd, TrialQuery, TrialRecord } from '@assay/study';
import { LATE_RESULT } from '@assay/study';
import { readJson } from './json-text.js';
import { fromFixedParams, type OrderedValues, orderedValue, ParamDecoder } from './param-codec.js';
import type { SqlSession, SqlValues } from './sql-database.js';
import { constraintsOf } from './stored-constraints.js';
import { fromStoredNumber } from './stored-number.js';
import { fromStoredTime } from './stored-time.js';
import type { AttributeRow, NumberRow, ParamRow, TrialQueries, TrialRow } from './trial-queries.js';
import { fromStoredState } from './trial-state.js';

/** A trial while its rows are gathered. */
interface Draft {
  readonly row: TrialRow;
  readonly ordered: OrderedValues;
  readonly params: Record<string, Scalar>;
  readonly distributions: Record<string, Distribution>;
  readonly values: number[];
  readonly reports: { readonly step: number; readonly value: number }[];
  readonly attributes: Record<string, Json>;
  readonly system: [key: string, value: string][];
}

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
    for (const [id, key, value] of await rows<AttributeRow>(queries.userAttributes)) {
      drafts.get(id)!.attributes[key] = readJson(value);
    }
    for (const [id, key, value] of await rows<AttributeRow>(queries.systemAttributes)) {
      drafts.get(id)!.system.push([key, value]);
    }
    return all.map((draft) => recordOf(draft, details));
  }

  #addParams(drafts: ReadonlyMap<number, Draft>, rows: Iterable<ParamRow>): void {
    for (const [id, name, stored, text] of rows) {
      const { params, distributions, ordered } = drafts.get(id)!;
      const { decode, distribution } = this.#decoder.of(text);
      params[name] = orderedValue(ordered[name], decode(stored));
      const values = ordered[name];
      distributions[name] = values === undefined ? distribution : { kind: 'ordered', values };
    }
  }
}

const [PARAMS_COLUMN, VALUES_COLUMN] = [12, 13] as const;

function draftOf(row: TrialRow, studyOrdered: OrderedValues): Draft {
  const own = row[7];
  const [params, values] = [row[PARAMS_COLUMN], row[VALUES_COLUMN]];
  return {
    row,
    ordered: own === null ? studyOrdered : (JSON.parse(own) as OrderedValues),
    params: params === null ? {} : JSON.parse(params),
    distributions: {},
    values: values === null ? [] : JSON.parse(values),
    reports: [],
    attributes: {},
    system: [],
  };
}

function lacksParams({ row }: Draft): boolean {
  return row[PARAMS_COLUMN] === null;
}

function lacksValues({ row }: Draft): boolean {
  return row[VALUES_COLUMN] === null && (row[2] === 'COMPLETE' || row[2] === 'PRUNED');
}

function addValues(drafts: ReadonlyMap<number, Draft>, rows: Iterable<NumberRow>): void {
  for (const [id, objective, value, type] of rows) drafts.get(id)!.values[objective] = fromStoredNumber(value, type);
}

function addReports(drafts: ReadonlyMap<number, Draft>, rows: Iterable<NumberRow>): void {
  for (const [id, step, value, type] of rows) {
    drafts.get(id)!.reports.push({ step, value: fromStoredNumber(value, type) });
  }
}

function recordOf(
  { row, ordered, params, distributions, values, reports, attributes, system }: Draft,
  details: boolean,
): TrialRecord {
  const [id, number, storedState, start, complete, draw, note, , reason, message, stack, late] = row;
  const state = fromStoredState(storedState, reason);
  if (late !== null) attributes[LATE_RESULT] = readJson(late);
  const isOpen = state === 'waiting' || state === 'running';
  const results = systemResults(system, isOpen);
  const fixed = results.fixed === null ? {} : fromFixedParams(results.fixed, ordered);
  return {
    id,
    number,
    state,
    params: { ...fixed, ...params },
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
    attributes,
    ...(details && { distributions, system: results.others }),
  };
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
