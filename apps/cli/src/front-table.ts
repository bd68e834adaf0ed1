import type { ParamValues } from '@assay/space';
import type { TrialRecord } from '@assay/study';
import { formatNumber } from './format/number.js';
import { formatTable } from './format/table.js';
import type { Searched } from './front.js';
import { metricsOf } from './objectives.js';

/** Trials beside each other: one line each, one column for each metric. */
export function frontTable(study: Searched, front: readonly TrialRecord[]): string {
  const metrics = metricsOf(study);
  return formatTable(
    [
      { title: 'trial', align: 'right' },
      ...metrics.map((title) => ({ title, align: 'right' }) as const),
      { title: 'parameters' },
    ],
    front.map(({ number, values, params }) => [String(number), ...values.map(formatNumber), paramsLine(params)]),
  );
}

/** `lr=0.01 optimizer=adam`. */
export function paramsLine(params: ParamValues): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${typeof value === 'number' ? formatNumber(value) : String(value)}`)
    .join(' ');
}
