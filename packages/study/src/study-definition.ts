import type { Json, SearchSpace } from '@assay/space';
import { ONCE, type Repeats } from './repeats.js';

/** Where a study's prior comes from; its trials are read with `StudyStore.readPrior`. */
export interface WarmStartSource {
  /** The earlier study's name. */
  readonly study: string;
  /** How many of its trials were taken over. */
  readonly trials: number;
}

/** Everything a second process needs to run the same study: stored when the study is created, the same for all who join. */
export interface StudyDefinition {
  readonly space: SearchSpace;
  readonly sampler: Json;
  readonly pruner: Json;
  readonly seed: number;
  /** Plain facts for the screen and for people: data source, engine, versions. */
  readonly facts: Readonly<Record<string, Json>>;
  /** How many finished trials it was planned to have; null when nobody said. Samplers plan by it; it stops nothing. */
  readonly budget: number | null;
  /** The most finished trials in all that a run has gone for: where workers stop that join it. Null: `budget`. */
  readonly goal: number | null;
  readonly repeats: Repeats;
  /** The metric that reports are of, and that trials are pruned by. Null: the only one; with several, nothing is pruned. */
  readonly pruneMetric: string | null;
  readonly warmStart: WarmStartSource | null;
  /** The study whose best trials this one runs again (`openConfirmation`). */
  readonly confirms: string | null;
}

/** What a definition says of the things it leaves out, as those do that earlier versions stored. */
export const DEFINITION_DEFAULTS = Object.freeze({
  budget: null,
  goal: null,
  repeats: ONCE,
  pruneMetric: null,
  warmStart: null,
  confirms: null,
}) satisfies Partial<StudyDefinition>;
