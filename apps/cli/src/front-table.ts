import type { Confirmation, TrialRecord } from '@assay/study';
import { confirmationOf, confirmedValues } from './confirmation-text.js';
import { formatNumber } from './format/number.js';
import { paramsLine } from './format/params.js';
import { formatTable } from './format/table.js';
import type { Searched } from './front.js';
import { metricsOf } from './objectives.js';

/** Trials beside each other: one line each, one column for each metric, and what fresh runs said, where there are any. */
export function frontTable(
  study: Searched,
  front: readonly TrialRecord[],
  confirmations: readonly Confirmation[] = [],
): string {
  const confirmed = front.map((trial) => confirmationOf(confirmations, trial));
  const isConfirmed = confirmed.some((confirmation) => confirmation !== null);
  return formatTable(
    [
      { title: 'trial', align: 'right' },
      ...metricsOf(study).map((title) => ({ title, align: 'right' }) as const),
      ...(isConfirmed ? [{ title: 'confirmed' }] : []),
      { title: 'parameters' },
    ],
    front.map(({ number, values, params }, at) => {
      const confirmation = confirmed[at] ?? null;
      const again = confirmation === null ? '-' : confirmedValues(study, confirmation);
      return [String(number), ...values.map(formatNumber), ...(isConfirmed ? [again] : []), paramsLine(params)];
    }),
  );
}
