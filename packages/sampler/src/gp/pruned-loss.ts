import type { Direction, Observation } from '../sampler.js';

/**
 * What a pruned trial would have ended with: its last report, changed as complete trials typically (by median) changed
 * from that step to their end, but no better than the best of them, since a pruner has judged it. Infinity when it
 * diverged or failed, whatever it had reported; null when it reported nothing. (Optuna's GPSampler leaves pruned trials
 * out, and so goes back to where they were; TPE ranks them behind all complete ones, which a model of values cannot.)
 * @param complete the complete trials of the study
 */
export function prunedLoss(trial: Observation, complete: readonly Observation[], direction: Direction): number | null {
  const sign = direction === 'minimize' ? 1 : -1;
  const value = trial.values.length === 0 ? null : orWorst(sign * trial.values[0]!);
  const last = trial.reports.at(-1);
  if (last === undefined || value === Infinity) return value;
  if (!Number.isFinite(last.value)) return Infinity;
  const changes = complete.flatMap(({ reports, values }) => {
    const then = reports.find(({ step }) => step === last.step);
    const change = then === undefined ? Number.NaN : sign * (values[0]! - then.value);
    return Number.isFinite(change) ? [change] : [];
  });
  const finals = complete.map(({ values }) => sign * values[0]!).filter(Number.isFinite);
  const best = finals.reduce((least, loss) => Math.min(least, loss), Infinity);
  const expected = sign * last.value + (changes.length === 0 ? 0 : median(changes));
  return best === Infinity ? expected : Math.max(expected, best);
}

function orWorst(loss: number): number {
  return Number.isNaN(loss) ? Infinity : loss;
}

function median(xs: readonly number[]): number {
  const sorted = [...xs].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
