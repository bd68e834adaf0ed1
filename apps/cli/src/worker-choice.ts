import { defaultWorkers } from '@assay/pool';

export interface WorkerChoice {
  readonly workers: number;
  /** One line: why this many. */
  readonly why: string;
}

/** `--workers`, or what cores and memory allow. */
export function chooseWorkers(asked: number | null): WorkerChoice {
  return asked === null ? defaultWorkers() : { workers: asked, why: '--workers' };
}
