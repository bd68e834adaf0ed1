import type { StudyRecord } from '@assay/study';
import { CliError } from './cli-error.js';

/** Which rows a study stands on: the facts that its `prepare` stored. */
export interface DataFacts {
  /** Identifies the prepared rows. */
  readonly dataset: string;
  /** For people. */
  readonly data: string;
}

/**
 * Values from different rows must not meet in one study.
 * @throws {CliError} `DATA_CHANGED` when the study's rows are other ones than those found now
 */
export function requireSameData(study: StudyRecord, now: DataFacts | null): void {
  const before = dataFacts(study.definition?.facts ?? {});
  if (before === null || now === null || before.dataset === now.dataset) return;
  const change = `it ran on ${before.data} (dataset ${before.dataset}), and now there are ${now.data} (dataset ${now.dataset})`;
  const hint = 'Put the files (or ASSAY_DATA) back as they were, or start another study: --name <name>';
  throw new CliError('DATA_CHANGED', `Study '${study.name}' has other data: ${change}.`, hint);
}

/** Null for a study without prepared rows. */
export function dataFacts({ dataset, data }: Readonly<Record<string, unknown>>): DataFacts | null {
  return typeof dataset === 'string' ? { dataset, data: String(data) } : null;
}
