import type { StudyRecord, StudyStore, TrialCounts, TrialRecord } from '@assay/study';
import { formatJson } from '../format/json.js';
import { formatNumber } from '../format/number.js';
import { formatTable } from '../format/table.js';
import { confirmedBy, frontOf } from '../front.js';
import { type Objective, objectivesOf } from '../objectives.js';
import { withExistingStore } from '../open-store.js';
import { storeCommand } from '../store-command.js';

/** One objective: `best` is its best value. Several: `front` is the trials that no other one beats. */
interface Row {
  readonly study: string;
  readonly objectives: readonly Objective[];
  /** The study whose best trials this one runs again. */
  readonly confirms: string | null;
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
  else process.stderr.write(`No studies yet. ${storeCommand(options.store, 'run taxifare')}  starts one.\n`);
}

async function readRows(store: StudyStore): Promise<Row[]> {
  const records = await store.listStudies();
  return Promise.all(
    records.map(async (record) => rowOf(record, await readFront(store, record), await store.countTrials(record.id))),
  );
}

/** Of one objective the store finds the best by itself; a front takes all trials. */
async function readFront(store: StudyStore, study: StudyRecord): Promise<readonly TrialRecord[]> {
  const isRanked = study.directions.length === 1;
  const trials = isRanked
    ? await store.rankTrials(study.id, { limit: 1 })
    : await store.readTrials(study.id, { reports: false });
  return frontOf(study, trials);
}

function rowOf(study: StudyRecord, front: readonly TrialRecord[], counts: TrialCounts): Row {
  return {
    study: study.name,
    objectives: objectivesOf(study),
    confirms: confirmedBy(study),
    ...(study.directions.length > 1
      ? { front: front.map(({ number, values }) => ({ trial: number, values })) }
      : { best: front[0]?.values[0] ?? null }),
    finished: counts.complete + counts.pruned,
    running: counts.running,
    failed: counts.failed,
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
      goalOf(row),
      bestText(row),
      String(row.finished),
      String(row.running),
      String(row.failed),
    ]),
  );
}

/** `minimize mae`; shorter for several. */
function goalOf({ objectives, confirms }: Row): string {
  if (confirms !== null) return `confirm ${confirms}`;
  const isShort = objectives.length > 1;
  return objectives
    .map(({ metric, direction }) => `${isShort ? direction.slice(0, 3) : direction} ${metric}`)
    .join(', ');
}

function bestText({ best, front = [] }: Row): string {
  if (typeof best === 'number') return formatNumber(best);
  return front.length === 0 ? '-' : `front of ${front.length}`;
}
