import { type BestPoint, bestSoFar, importance, type ParameterImportance } from '@assay/analysis';
import { bestTrials, type StudyRecord, type TrialRecord } from '@assay/study';

/** What the trials that have ended say. */
export interface Insights {
  /** The best trial; with several objectives all that no other one beats. Ascending by number. */
  readonly best: readonly TrialRecord[];
  /** Of the first objective. */
  readonly bestSoFar: readonly BestPoint[];
  /** Of the first objective, most important first. */
  readonly importance: readonly ParameterImportance[];
}

export const NO_INSIGHTS: Insights = Object.freeze({ best: [], bestSoFar: [], importance: [] });

/** Importance moves slowly and costs the most: no more often than this. */
const IMPORTANCE_MS = 1_000;

/** Computes insights again only when other trials have ended. */
export class InsightCache {
  #ended: readonly TrialRecord[] = [];
  #importanceOf: readonly TrialRecord[] = [];
  #importanceMs = Number.NEGATIVE_INFINITY;
  #insights = NO_INSIGHTS;

  /** True while importance lags behind the trials. */
  get isBehind(): boolean {
    return this.#importanceOf !== this.#ended;
  }

  of(study: StudyRecord | null, ended: readonly TrialRecord[], nowMs: number): Insights {
    if (study === null) return NO_INSIGHTS;
    const direction = study.directions[0] ?? 'minimize';
    if (ended !== this.#ended) {
      this.#ended = ended;
      const best = bestTrials(ended, study.directions);
      this.#insights = { ...this.#insights, best, bestSoFar: bestSoFar(ended, direction) };
    }
    if (this.isBehind && nowMs - this.#importanceMs >= IMPORTANCE_MS) {
      this.#importanceMs = nowMs;
      this.#importanceOf = ended;
      const space = study.definition?.space ?? [];
      this.#insights = { ...this.#insights, importance: importance(space, ended, direction) };
    }
    return this.#insights;
  }
}
