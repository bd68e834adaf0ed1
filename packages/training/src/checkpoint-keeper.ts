import { readCheckpoint, writeCheckpoint } from './checkpoint-file.js';
import type { FitCheckpoint } from './fit-progress.js';

/** Where one training keeps its checkpoint, and how often. */
export interface CheckpointPlace {
  readonly file: string;
  /** What the checkpoint belongs to: a training under another key starts over. */
  readonly key: string;
  /** Checkpoints are written at most this often; 0: every one. Says nothing about results, only about what a kill costs. */
  readonly everyMs: number;
}

/** Writes a training's checkpoints now and then, and the last one when asked. */
export class CheckpointKeeper {
  readonly #place: CheckpointPlace;
  #unwritten: FitCheckpoint | null = null;
  #writtenMs = performance.now();

  constructor(place: CheckpointPlace) {
    this.#place = place;
  }

  /** Where an earlier process stopped. @throws {TrainingError} `BAD_STATE` for a damaged file */
  async last(): Promise<FitCheckpoint | null> {
    return await readCheckpoint(this.#place.file, this.#place.key);
  }

  async offer(checkpoint: FitCheckpoint): Promise<void> {
    this.#unwritten = checkpoint;
    if (performance.now() - this.#writtenMs >= this.#place.everyMs) await this.flush();
  }

  /** Writes what was offered last, unless it is written. */
  async flush(): Promise<void> {
    if (this.#unwritten === null) return;
    await writeCheckpoint(this.#place.file, this.#place.key, this.#unwritten);
    this.#unwritten = null;
    this.#writtenMs = performance.now();
  }
}
