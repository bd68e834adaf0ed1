import { type Confirmation, isFeasible, type TrialRecord } from '@assay/study';
import { formatNumber } from './format/number.js';
import { paramsLine } from './format/params.js';
import { formatTable } from './format/table.js';
import type { Searched } from './front.js';
import { metricsOf } from './objectives.js';

/** What fresh runs said of a trial; null when it has none. */
export function confirmationOf(confirmations: readonly Confirmation[], { number }: TrialRecord): Confirmation | null {
  return confirmations.find(({ trial }) => trial.number === number) ?? null;
}

/** `1.812 ± 0.0042`: a mean as exact as two digits of its standard error make it; alone after a single run. */
export function formatMean(mean: number, standardError: number | null): string {
  if (standardError === null) return formatNumber(mean);
  if (standardError === 0) return `${formatNumber(mean)} ± 0`;
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(standardError)));
  if (decimals > MOST_DECIMALS) return `${formatNumber(mean)} ± ${formatNumber(Number(standardError.toPrecision(2)))}`;
  const rounded = mean.toFixed(decimals);
  return `${Number(rounded) === 0 ? (0).toFixed(decimals) : rounded} ± ${standardError.toFixed(decimals)}`;
}

/** Beyond these an exponent is easier to read. */
const MOST_DECIMALS = 8;

/** Each confirmed trial: the value it had, what fresh runs made of it, and its rank by those. */
export function confirmationTable(study: Searched, confirmations: readonly Confirmation[]): string {
  const metrics = metricsOf(study);
  const right = (title: string) => ({ title, align: 'right' }) as const;
  return formatTable(
    [
      right('rank'),
      right('trial'),
      ...metrics.flatMap((metric) => [right(metric), right('confirmed')]),
      right('runs'),
      { title: 'parameters' },
    ],
    confirmations.map(({ trial, rank, repeats, values, standardErrors, constraints }) => [
      isFeasible({ constraints }) ? String(rank) : 'infeasible',
      String(trial.number),
      ...values.flatMap((mean, objective) => [
        formatNumber(trial.values[objective] ?? Number.NaN),
        formatMean(mean, standardErrors[objective] ?? null),
      ]),
      String(repeats),
      paramsLine(trial.params),
    ]),
  );
}

/** `confirmed mae 1.812 ± 0.0042 (3 runs, rank 2)`. */
export function confirmationLine(study: Searched, confirmation: Confirmation): string {
  const { rank, repeats, constraints } = confirmation;
  const runs = repeats === 1 ? '1 run' : `${repeats} runs`;
  const place = isFeasible({ constraints }) ? `rank ${rank}` : 'infeasible';
  return `confirmed ${confirmedValues(study, confirmation)} (${runs}, ${place})`;
}

/** `mae 1.812 ± 0.0042`, one for each objective. */
export function confirmedValues(study: Searched, { values, standardErrors }: Confirmation): string {
  const metrics = metricsOf(study);
  return values.map((mean, at) => `${metrics[at]} ${formatMean(mean, standardErrors[at] ?? null)}`).join(', ');
}

/** What is best by fresh runs; empty while there are none. */
export function verdict(study: Searched, confirmations: readonly Confirmation[]): string {
  const first = confirmations.filter(({ rank, constraints }) => rank === 1 && isFeasible({ constraints }));
  const [best] = first;
  if (best === undefined) return confirmations.length === 0 ? '' : 'by fresh runs none is feasible\n';
  if (first.length === 1) {
    return `by fresh runs ${study.name}@${best.trial.number} is the best: ${confirmedValues(study, best)}\n`;
  }
  return `by fresh runs no other one beats trials ${first.map(({ trial }) => trial.number).join(', ')}\n`;
}

/** For `--json`. */
export function describeConfirmation(confirmation: Confirmation) {
  const { rank, repeats, values, standardErrors, constraints } = confirmation;
  return { rank, runs: repeats, values, standardErrors, constraints };
}
