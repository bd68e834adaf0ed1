import { generateStage } from './generate-stage.js';
import { prepareStage } from './prepare-stage.js';
import { trainStage } from './train-stage.js';
import { yardstickStage } from './yardstick-stage.js';

export interface BigRun {
  /** Rides in the training file; 15% of them become test rows. */
  readonly rows: number;
  /** Epochs over the training rows. */
  readonly passes: number;
  /** The run's own folder. */
  readonly dir: string;
}

/** A line of the table. */
export interface StageLine {
  readonly name: string;
  readonly rows: number;
  readonly seconds: number;
  /** Processor time, of all threads: what the seconds would be on an idle machine, or less where two cores share the work. */
  readonly cpuSeconds: number;
  /** Largest resident memory of the stage's process so far. */
  readonly peakBytes: number;
  /** What it left on the disk; null: nothing. */
  readonly diskBytes: number | null;
}

export interface Errors {
  readonly mae: number;
  readonly rmse: number;
}

/** What each stage leaves for the table and for those after it. */
export interface Results {
  readonly generate: { readonly lines: readonly StageLine[]; readonly train: string; readonly validation: string };
  readonly prepare: { readonly lines: readonly StageLine[]; readonly dataset: string };
  readonly train: {
    readonly lines: readonly StageLine[];
    readonly test: Errors & { readonly maeStandardError: number };
    readonly engine: string;
    /** The last attempt went on from a checkpoint, so its seconds are not those of the whole training. */
    readonly isResumed: boolean;
  };
  readonly yardsticks: { readonly lines: readonly StageLine[]; readonly errors: Readonly<Record<string, Errors>> };
}

export type StageName = keyof Results;

type Stage<K extends StageName> = (run: BigRun, earlier: Results) => Promise<Results[K]>;

/** In the order they run. */
export const STAGES: { readonly [K in StageName]: Stage<K> } = {
  generate: generateStage,
  prepare: prepareStage,
  train: trainStage,
  yardsticks: yardstickStage,
};
