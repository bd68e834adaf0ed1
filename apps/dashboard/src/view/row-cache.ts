import type { TrialRecord } from '@assay/study';
import type { StudySnapshot } from '../data/study-snapshot.js';
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
  #key: readonly unknown[] = [];
  #table: Table = { fields: [], rows: [], filterProblem: null };
  #importance: readonly string[] = [];
  #rankedAt = 0;

  of({ study, ended, insights }: StudySnapshot, { sort, filter }: ViewState): Table {
    this.#rank(insights, ended.length);
    const key = [study, ended, this.#importance, sort.by, sort.descending, filter];
    if (key.some((part, i) => part !== this.#key[i])) {
      this.#key = key;
      const fields = trialFields(study, ended, this.#importance);
      const { matches, problem } = parseFilter(filter, fields);
      const found = filter === '' ? ended : ended.filter(matches);
      const by = fields.find(({ name }) => name === sort.by) ?? fields[0]!;
      this.#table = { fields, rows: sortTrials(found, by, sort.descending), filterProblem: problem };
    }
    return this.#table;
  }

  #rank({ importance }: StudySnapshot['insights'], trials: number): void {
    if (importance.length === 0 || trials < this.#rankedAt * GROWTH) return;
    this.#rankedAt = trials;
    this.#importance = importance.map(({ name }) => name);
  }
}
