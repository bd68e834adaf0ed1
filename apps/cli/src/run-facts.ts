import { ONCE, type Prepared, type Study, type StudyStore } from '@assay/study';
import { warmStartText } from './warm-start.js';
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
  const { sampler, pruner, prior } = study.desk.setup;
  const { definition } = study.record;
  const { repeats = ONCE, pruneMetric = null } = definition ?? {};
  const warmStart = warmStartText(study.record, prior);
  return [
    ...Object.entries(prepared.facts).map(([label, value]) => ({ label, value: String(value) })),
    { label: 'sampler', value: sampler.name },
    { label: 'pruner', value: pruneMetric === null ? pruner.name : `${pruner.name} by ${pruneMetric}` },
    ...(repeats.count === 1 ? [] : [{ label: 'repeats', value: `${repeats.count} (${repeats.aggregate})` }]),
    ...(warmStart === null ? [] : [{ label: 'warm start', value: warmStart }]),
    { label: 'seed', value: String(definition?.seed ?? 'none stored') },
    { label: 'workers', value: `${workers.workers} (${workers.why})` },
    { label: 'store', value: store.url },
  ];
}
