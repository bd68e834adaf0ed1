import { openSnapshot } from '@assay/store';
import { copyStudy, type StudyRecord, type StudyStore } from '@assay/study';
import { CliError } from '../cli-error.js';
import { shellQuoted } from '../command-style.js';
import { formatJson } from '../format/json.js';
import { formatTrials } from '../format/number.js';
import { openWritableStore } from '../open-store.js';
import { studyName } from '../option-values.js';
import { progressLine } from '../progress-line.js';
import { requireStudy } from '../require-study.js';
import { storeCommand } from '../store-command.js';

interface ImportOptions {
  readonly store: string;
  readonly name?: string;
  readonly json?: true;
}

interface Imported {
  readonly study: string;
  readonly trials: number;
}

/** `assay import <file.db|url> [study]`: copies studies into the store, from Optuna's files too, which it leaves as they are. */
export async function importFrom(url: string, name: string | undefined, options: ImportOptions): Promise<void> {
  const from = await openSnapshot(url);
  let imported: readonly Imported[];
  try {
    imported = await importStudies(from, name, options);
  } finally {
    await from.close();
  }
  if (options.json) process.stdout.write(formatJson(imported));
  else for (const { study, trials } of imported) process.stdout.write(`${study}: ${formatTrials(trials)}\n`);
  if (imported.length === 0) process.stderr.write('There is no study in it.\n');
}

async function importStudies(
  from: StudyStore,
  only: string | undefined,
  { store, name }: ImportOptions,
): Promise<readonly Imported[]> {
  const studies = only === undefined ? await from.listStudies() : [await requireStudy(from, only)];
  if (name !== undefined && studies.length !== 1) {
    throw new CliError('BAD_OPTION', `--name names one study, and ${from.url} holds ${studies.length}.`);
  }
  const newName = name === undefined ? undefined : studyName(name);
  const to = await openWritableStore(store);
  try {
    return await copyAll(from, studies, to, newName);
  } finally {
    await to.close();
  }
}

/** No study is touched when one of the names is taken. */
async function copyAll(
  from: StudyStore,
  studies: readonly StudyRecord[],
  to: StudyStore,
  name: string | undefined,
): Promise<readonly Imported[]> {
  for (const study of studies) await requireFreeName(to, name ?? study.name, importCommand(from, study, to));
  const line = progressLine(process.stderr);
  const imported: Imported[] = [];
  try {
    for (const study of studies) {
      let trials = 0;
      const onProgress = (copied: number): void => {
        trials = copied;
        line.show({ stage: `importing ${study.name}`, done: copied, total: null, detail: formatTrials(copied) });
      };
      const copy = await copyStudy(from, study, to, { name: name ?? study.name, onProgress });
      imported.push({ study: copy.name, trials });
    }
  } finally {
    line.clear();
  }
  return imported;
}

function importCommand(from: StudyStore, study: StudyRecord, to: StudyStore): string {
  return storeCommand(to.url, 'import', shellQuoted(from.url), shellQuoted(study.name), '--name <other name>');
}

/** @throws {CliError} `STUDY_EXISTS`, with the command that imports it nevertheless */
async function requireFreeName(to: StudyStore, name: string, otherwise: string): Promise<void> {
  if ((await to.findStudy(name)) === null) return;
  throw new CliError(
    'STUDY_EXISTS',
    `${to.url} has a study named '${name}' already, and imports change no study.`,
    `${otherwise}  imports it under another name.`,
  );
}
