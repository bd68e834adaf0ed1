import type { RetryLimits } from '@assay/study';
import { countValue } from './option-values.js';

/** One more try tells bad luck from a configuration that kills whatever runs it. */
export const RETRIES: RetryLimits = Object.freeze({ workerDeaths: 1, processDeaths: 1 });

/**
 * For a run that a person resumes: what was killed is nearly always somebody's doing (`kill -9`, the power), and losing a
 * configuration for that would break the promise that a resumed study is the one that nobody disturbed. Ten deaths in one and
 * the same trial are the trial's doing, though: then the study must get past it.
 */
export const RUN_RETRIES: RetryLimits = Object.freeze({ ...RETRIES, resumedDeaths: 10 });

/** `--max-retries`, one number for every kind of death. @throws {CliError} `BAD_OPTION` */
export function retryLimits(maxRetries: string | undefined, defaults: RetryLimits): RetryLimits {
  if (maxRetries === undefined) return defaults;
  const most = countValue(maxRetries, '--max-retries');
  return { workerDeaths: most, processDeaths: most };
}
