import { existsSync } from 'node:fs';
import { copyStudy, type StudyRecord, type StudyStore } from '@assay/study';
import { CliError } from '../cli-error.js';
import { type ExportFormat, exportStudy } from '../export/export-study.js';
import { formatTrials } from '../format/number.js';
import { openWritableStore, withExistingStore } from '../open-store.js';
import { trialsIn } from '../read-candidates.js';
import { requireStudy } from '../require-study.js';

interface ExportOptions {
  readonly store: string;
  readonly to: ExportFormat | 'optuna';
  readonly out?: string;
}

/** `assay export <study> --to csv|json|parquet|optuna`: on stdout, or in a file. */
export async function exportTo(name: string, { store: url, to, out }: ExportOptions): Promise<void> {
  if (out === undefined) requirePipe(to);
  const [trials, where] = await withExistingStore(url, async (store) => {
    const study = await requireStudy(store, name);
    if (to === 'optuna') return await exportStore(store, study, out ?? '');
    return [await exportStudy(store, study, to, out ?? null), out ?? 'stdout'] as const;
  });
  process.stderr.write(`${name}: ${formatTrials(trials)} to ${where}\n`);
}

/** Text suits a terminal; a table of bytes suits a pipe; a database needs a file. @throws {CliError} `BAD_OPTION` */
function requirePipe(to: ExportOptions['to']): void {
  if (to === 'csv' || to === 'json' || (to === 'parquet' && process.stdout.isTTY !== true)) return;
  throw new CliError(
    'BAD_OPTION',
    `--to ${to} needs a file to write to.`,
    `--out <file>${to === 'optuna' ? '.db' : ''}`,
  );
}

/** Optuna's format is our own: the export is another store, which Optuna and its dashboard open. */
async function exportStore(store: StudyStore, study: StudyRecord, out: string): Promise<readonly [number, string]> {
  const isNew = !existsSync(out);
  const target = await openWritableStore(out.endsWith('.db') || out.includes('://') ? out : `sqlite:///${out}`);
  try {
    const copy = await copyStudy(store, study, target);
    return [await trialsIn(target, copy.id), isNew ? target.url : `${target.url}, beside its other studies`];
  } finally {
    await target.close();
  }
}
