import type { RetryLimits } from '@assay/study';
import { countValue } from './option-values.js';

/**
 * A process that dies is nearly always somebody's doing (`kill -9`, the power, a rented machine that was taken back), and
 * losing a configuration for that would break the promise that a resumed study is the one that nobody disturbed. Ten deaths
 * in one and the same trial are the trial's doing, though: then the study must get past it.
 */
export const RETRIES: RetryLimits = Object.freeze({ workerDeaths: 1, processDeaths: 10 });

/** `--max-retries`, one number for both kinds of death. @throws {CliError} `BAD_OPTION` */
export function retryLimits(maxRetries: string | undefined): RetryLimits {
  if (maxRetries === undefined) return RETRIES;
  const most = countValue(maxRetries, '--max-retries');
  return { workerDeaths: most, processDeaths: most };
}
