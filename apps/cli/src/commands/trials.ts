import type { TrialRecord } from '@assay/study';
import { formatDuration } from '../format/duration.js';
import { formatJson } from '../format/json.js';
import { formatNumber } from '../format/number.js';
import { formatTable } from '../format/table.js';
import { withExistingStore } from '../open-store.js';
import { positiveInteger } from '../option-values.js';
import { requireStudy } from '../study-view.js';

interface TrialsOptions {
  readonly store: string;
  readonly json?: true;
  readonly state?: TrialRecord['state'];
  readonly sort: 'number' | 'value' | 'duration';
  readonly limit?: string;
}

/** `assay trials <study>` */
export async function trials(name: string, options: TrialsOptions): Promise<void> {
  const limit = options.limit === undefined ? Infinity : positiveInteger(options.limit, '--limit');
  const { study, all } = await withExistingStore(options.store, async (store) => {
    const study = await requireStudy(store, name);
    return { study, all: await store.readTrials(study.id) };
  });
  const sign = study.directions[0] === 'maximize' ? -1 : 1;
  const shown = all
    .filter(({ state }) => options.state === undefined || state === options.state)
    .sort((a, b) => sortKey(a, options.sort, sign) - sortKey(b, options.sort, sign) || a.number - b.number)
    .slice(0, limit);
  process.stdout.write(options.json ? formatJson(shown) : table(shown));
}

/** Trials without the key come last. */
function sortKey(trial: TrialRecord, sort: TrialsOptions['sort'], sign: number): number {
  if (sort === 'number') return trial.number;
  if (sort === 'duration') return durationMs(trial) ?? Number.MAX_VALUE;
  const value = trial.values[0];
  return value === undefined ? Number.MAX_VALUE : Math.min(sign * value, Number.MAX_VALUE / 2);
}

function durationMs({ startedMs, finishedMs }: TrialRecord): number | null {
  return startedMs === null || finishedMs === null ? null : finishedMs - startedMs;
}

function table(shown: readonly TrialRecord[]): string {
  return formatTable(
    [
      { title: 'trial', align: 'right' },
      { title: 'state' },
      { title: 'value', align: 'right' },
      { title: 'steps', align: 'right' },
      { title: 'time', align: 'right' },
      { title: 'parameters' },
    ],
    shown.map((trial) => {
      const duration = durationMs(trial);
      return [
        String(trial.number),
        trial.state,
        trial.values.map(formatNumber).join(', ') || '-',
        String(trial.reports.length),
        duration === null ? '-' : formatDuration(duration),
        trial.end === null || trial.end.reason === 'pruned'
          ? paramsLine(trial)
          : `${trial.end.reason}: ${firstLine(trial.end.message)}`,
      ];
    }),
  );
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

function paramsLine({ params }: TrialRecord): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${typeof value === 'number' ? formatNumber(value) : String(value)}`)
    .join(' ');
}
