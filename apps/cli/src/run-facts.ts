import type { Prepared, Study, StudyStore } from '@assay/study';
import type { WorkerChoice } from './worker-choice.js';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** What the screen says about a run before its first trial. */
export function runFacts(
  study: Study<unknown>,
  store: StudyStore,
  prepared: Prepared<unknown>,
  workers: WorkerChoice,
): Fact[] {
  const { sampler, pruner } = study.desk.setup;
  return [
    ...Object.entries(prepared.facts).map(([label, value]) => ({ label, value: String(value) })),
    { label: 'sampler', value: sampler.name },
    { label: 'pruner', value: pruner.name },
    { label: 'seed', value: String(study.record.definition?.seed ?? 'none stored') },
    { label: 'workers', value: `${workers.workers} (${workers.why})` },
    { label: 'store', value: store.url },
  ];
}
