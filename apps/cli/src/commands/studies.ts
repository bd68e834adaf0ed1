import type { StudyRecord, StudyStore, TrialRecord } from '@assay/study';
import { formatJson } from '../format/json.js';
import { formatNumber } from '../format/number.js';
import { formatTable } from '../format/table.js';
import { confirmedBy, frontOf } from '../front.js';
import { goalText } from '../objectives.js';
import { withExistingStore } from '../open-store.js';

/** One objective: `best` is its best value. Several: `front` is the trials that no other one beats. */
interface Row {
  readonly study: string;
  readonly metric: string;
  readonly best?: number | null;
  readonly front?: readonly { readonly trial: number; readonly values: readonly number[] }[];
  readonly finished: number;
  readonly running: number;
  readonly failed: number;
}

/** `assay studies` */
export async function studies(options: { readonly store: string; readonly json?: true }): Promise<void> {
  const rows = await withExistingStore(options.store, readRows);
  if (options.json) process.stdout.write(formatJson(rows));
  else if (rows.length > 0) process.stdout.write(table(rows));
  else process.stderr.write('No studies yet. assay run taxifare  starts one.\n');
}

async function readRows(store: StudyStore): Promise<Row[]> {
  const records = await store.listStudies();
  return Promise.all(records.map(async (record) => rowOf(record, await store.readTrials(record.id))));
}

function rowOf(study: StudyRecord, trials: readonly TrialRecord[]): Row {
  const count = (...states: readonly TrialRecord['state'][]): number =>
    trials.filter(({ state }) => states.includes(state)).length;
  const front = frontOf(study, trials);
  const confirms = confirmedBy(study);
  return {
    study: study.name,
    metric: confirms === null ? goalText(study) : `confirm ${confirms}`,
    ...(study.directions.length > 1
      ? { front: front.map(({ number, values }) => ({ trial: number, values })) }
      : { best: front[0]?.values[0] ?? null }),
    finished: count('complete', 'pruned'),
    running: count('running'),
    failed: count('failed'),
  };
}

function table(rows: readonly Row[]): string {
  return formatTable(
    [
      { title: 'study' },
      { title: 'goal' },
      { title: 'best', align: 'right' },
      { title: 'finished', align: 'right' },
      { title: 'running', align: 'right' },
      { title: 'failed', align: 'right' },
    ],
    rows.map((row) => [
      row.study,
      row.metric,
      bestText(row),
      String(row.finished),
      String(row.running),
      String(row.failed),
    ]),
  );
}

function bestText({ best, front = [] }: Row): string {
  if (typeof best === 'number') return formatNumber(best);
  return front.length === 0 ? '-' : `front of ${front.length}`;
}
