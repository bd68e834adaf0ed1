import type { ParameterImportance } from '@assay/analysis';
import type { TrialRecord } from '@assay/study';
import type { StudySnapshot } from '../data/study-snapshot.js';
import { Memo } from './memo.js';
import { type Field, trialFields } from './trial-fields.js';
import { parseFilter } from './trial-filter.js';
import { sortTrials } from './trial-order.js';
import type { ViewState } from './view-state.js';

export interface Table {
  readonly fields: readonly Field[];
  readonly rows: readonly TrialRecord[];
  readonly filterProblem: string | null;
}

/** Columns change places only when there are this many times the trials: they would jump about otherwise. */
const GROWTH = 1.5;

/** The table's rows: computed again when trials, filter or order change, not at every frame. */
export class RowCache {
  readonly #table = new Memo<Table>();
  #importance: readonly string[] = [];
  #rankedAt = 0;

  of(snapshot: StudySnapshot, { sort, filter }: ViewState, importance: readonly ParameterImportance[]): Table {
    const { study, ended, best } = snapshot;
    this.#rank(importance, ended.length);
    return this.#table.of([study, ended, this.#importance, sort.by, sort.descending, filter], () => {
      const fields = trialFields(study, ended, this.#importance);
      const { matches, problem } = parseFilter(filter, fields, new Set(best.map(({ number }) => number)));
      const found = filter === '' ? ended : ended.filter(matches);
      const by = fields.find(({ name }) => name === sort.by) ?? fields[0]!;
      return { fields, rows: sortTrials(found, by, sort.descending), filterProblem: problem };
    });
  }

  #rank(importance: readonly ParameterImportance[], trials: number): void {
    if (importance.length === 0 || trials < this.#rankedAt * GROWTH) return;
    this.#rankedAt = trials;
    this.#importance = importance.map(({ name }) => name);
  }
}
