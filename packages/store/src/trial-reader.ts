import type { Json, ParamValues, Scalar } from '@assay/space';
import type { EndReason, TrialEnd, TrialRecord } from '@assay/study';
import { LATE_RESULT } from '@assay/study';
import { readJson } from './json-text.js';
import { fromFixedParams, type OrderedValues, orderedValue, ParamDecoder } from './param-codec.js';
import type { SqlSession, SqlValues } from './sql-database.js';
import { fromStoredNumber } from './stored-number.js';
import { fromStoredTime } from './stored-time.js';
import type { AttributeRow, NumberRow, ParamRow, TrialQueries, TrialRow } from './trial-queries.js';
import { fromStoredState } from './trial-state.js';

/** A trial while its rows are gathered. */
interface Draft {
  readonly row: TrialRow;
  readonly ordered: OrderedValues;
  readonly params: Record<string, Scalar>;
  readonly values: number[];
  readonly reports: { readonly step: number; readonly value: number }[];
  readonly attributes: Record<string, Json>;
  readonly system: [key: string, value: string][];
}

/** Trials as records, whoever wrote them. */
export class TrialReader {
  readonly #decoder = new ParamDecoder();

  /**
   * @param ordered the study's own ordered parameters, for trials that another tool made in it
   */
  async read(
    db: SqlSession,
    queries: TrialQueries,
    values: SqlValues,
    ordered: OrderedValues,
  ): Promise<readonly TrialRecord[]> {
    const rows = <Row>(sql: string): Promise<Iterable<Row>> => db.rows<Row>(sql, values);
    const drafts = new Map(Array.from(await rows<TrialRow>(queries.trials), (row) => [row[0], draftOf(row, ordered)]));
    for (const [id, name, value, distribution] of await rows<ParamRow>(queries.params)) {
      const draft = drafts.get(id)!;
      draft.params[name] = orderedValue(draft.ordered[name], this.#decoder.decode(distribution, value));
    }
    for (const [id, , value, type] of await rows<NumberRow>(queries.values)) {
      drafts.get(id)!.values.push(fromStoredNumber(value, type));
    }
    for (const [id, step, value, type] of await rows<NumberRow>(queries.reports)) {
      drafts.get(id)!.reports.push({ step, value: fromStoredNumber(value, type) });
    }
    for (const [id, key, value] of await rows<AttributeRow>(queries.userAttributes)) {
      drafts.get(id)!.attributes[key] = readJson(value);
    }
    for (const [id, key, value] of await rows<AttributeRow>(queries.systemAttributes)) {
      drafts.get(id)!.system.push([key, value]);
    }
    return [...drafts.values()].map(recordOf);
  }
}

function draftOf(row: TrialRow, studyOrdered: OrderedValues): Draft {
  const [, , , , , , , own] = row;
  const ordered = own === null ? studyOrdered : (JSON.parse(own) as OrderedValues);
  return { row, ordered, params: {}, values: [], reports: [], attributes: {}, system: [] };
}

function recordOf({ row, ordered, params, values, reports, attributes, system }: Draft): TrialRecord {
  const [id, number, storedState, start, complete, draw, note, , reason, message, stack, late] = row;
  const state = fromStoredState(storedState, reason);
  if (late !== null) attributes[LATE_RESULT] = readJson(late);
  const results = systemResults(system);
  const isOpen = state === 'waiting' || state === 'running';
  const fixed = isOpen && results.fixed !== null ? fromFixedParams(results.fixed, ordered) : {};
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
}

/** What matters here of the attributes that Optuna's own components write, in Optuna 5's form of constraints as well. */
function systemResults(attributes: readonly (readonly [key: string, value: string])[]): SystemResults {
  const results: SystemResults = { fixed: null, constraints: [], rungs: [], retryOf: null };
  for (const [key, value] of attributes) {
    if (key === 'fixed_params') results.fixed = readJson(value) as ParamValues;
    else if (key === 'failed_trial') results.retryOf = readJson(value) as number;
    else if (key === 'constraints') results.constraints.unshift(...constraintsOf(readJson(value)));
    else if (key.startsWith('constraints:')) results.constraints.push(readJson(value) as number);
    else if (key.startsWith('completed_rung_')) results.rungs[Number(key.slice(15))] = readJson(value) as number;
  }
  return results;
}

/** Null when the function that computes them raised: Optuna then takes the trial for infeasible. */
function constraintsOf(list: Json): readonly number[] {
  return list === null ? [Number.POSITIVE_INFINITY] : (list as readonly number[]);
}
