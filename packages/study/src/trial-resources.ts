import type { Owner, StudyRecord } from './study-store.js';
import type { TrialRecord, TrialResources } from './trial-record.js';

/** What a trial that ends now has taken, as far as its process can tell for nothing. */
export function resourcesOf(
  { startedMs }: Pick<TrialRecord, 'startedMs'>,
  { definition }: Pick<StudyRecord, 'definition'>,
  { host, pid }: Pick<Owner, 'host' | 'pid'>,
): TrialResources {
  const engine = definition?.facts.engine;
  return {
    seconds: Math.max(0, Date.now() - (startedMs ?? Date.now())) / 1_000,
    peakBytes: process.resourceUsage().maxRSS * 1_024,
    worker: `${host}:${pid}`,
    engine: typeof engine === 'string' ? engine : null,
  };
}
