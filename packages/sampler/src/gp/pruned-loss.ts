import type { Direction, Observation } from '../sampler.js';

/**
 * What a pruned trial would have ended with: its last report, changed as complete trials typically (by median) changed
 * from that step to their end, but no better than the best of them, since a pruner has judged it. Infinity when it
 * diverged or failed, whatever it had reported; null when it reported nothing. (Optuna's GPSampler leaves pruned trials
 * out, and so goes back to where they were; TPE ranks them behind all complete ones, which a model of values cannot.)
 * @param complete the complete trials of the study
 * @returns by pruned trial; what complete ones tell of a step is worked out once
 */
export function prunedLosses(
  complete: readonly Observation[],
  direction: Direction,
): (trial: Observation) => number | null {
  const sign = direction === 'minimize' ? 1 : -1;
  const finals = complete.map(({ values }) => sign * values[0]!).filter(Number.isFinite);
  const best = finals.reduce((least, loss) => Math.min(least, loss), Infinity);
  const changes = new Map<number, number>();
  const changeFrom = (step: number): number => {
    const change = changes.get(step) ?? typicalChange(complete, step, sign);
    changes.set(step, change);
    return change;
  };
  return (trial) => {
    const value = trial.values.length === 0 ? null : orWorst(sign * trial.values[0]!);
    const last = trial.reports.at(-1);
    if (last === undefined || value === Infinity) return value;
    if (!Number.isFinite(last.value)) return Infinity;
    const expected = sign * last.value + changeFrom(last.step);
    return best === Infinity ? expected : Math.max(expected, best);
  };
}

/** From a step to the end, by median; 0 where no trial tells. */
function typicalChange(complete: readonly Observation[], step: number, sign: number): number {
  const changes = complete.flatMap(({ reports, values }) => {
    const then = reports.find((report) => report.step === step);
    const change = then === undefined ? Number.NaN : sign * (values[0]! - then.value);
    return Number.isFinite(change) ? [change] : [];
  });
  return changes.length === 0 ? 0 : median(changes);
}

function orWorst(loss: number): number {
  return Number.isNaN(loss) ? Infinity : loss;
}

function median(xs: readonly number[]): number {
  const sorted = [...xs].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
