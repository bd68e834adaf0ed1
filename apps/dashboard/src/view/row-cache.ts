import type { TrialRecord } from '@assay/study';
import type { StudySnapshot } from '../data/study-snapshot.js';
import { type Field, trialFields } from './trial-fields.js';
import { type Filter, parseFilter } from './trial-filter.js';
import { sortTrials } from './trial-order.js';
import type { ViewState } from './view-state.js';

export interface Table {
  readonly fields: readonly Field[];
  readonly rows: readonly TrialRecord[];
  readonly filterProblem: string | null;
}

/** The table's rows: computed again when trials, filter or order change, not at every frame. */
export class RowCache {
  #key: readonly unknown[] = [];
  #table: Table = { fields: [], rows: [], filterProblem: null };

  of({ study, ended, insights }: StudySnapshot, { sort, filter }: ViewState): Table {
    const key = [study, ended, insights.importance, sort.by, sort.descending, filter];
    if (key.some((part, i) => part !== this.#key[i])) {
      this.#key = key;
      const fields = trialFields(
        study,
        ended,
        insights.importance.map(({ name }) => name),
      );
      const { matches, problem }: Filter = parseFilter(filter, fields);
      const found = filter === '' ? ended : ended.filter(matches);
      const by = fields.find(({ name }) => name === sort.by) ?? fields[0]!;
      this.#table = { fields, rows: sortTrials(found, by, sort.descending), filterProblem: problem };
    }
    return this.#table;
  }
}
