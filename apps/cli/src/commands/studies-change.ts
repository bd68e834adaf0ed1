import { createInterface } from 'node:readline/promises';
import { confirmationName, copyStudy, GRACE_MS, newOwner, type StudyRecord, type StudyStore } from '@assay/study';
import { CliError } from '../cli-error.js';
import { formatTrials } from '../format/number.js';
import { openWritableStore, withExistingStore } from '../open-store.js';
import { studyName } from '../option-values.js';
import { trialsIn } from '../read-candidates.js';
import { requireStudy } from '../require-study.js';

interface StoreOption {
  readonly store: string;
}

/** `assay studies rename <study> <name>` */
export async function renameStudy(name: string, newName: string, { store: url }: StoreOption): Promise<void> {
  const renamed = await withExistingStore(url, async (store) => {
    const study = await requireStudy(store, name);
    return await store.renameStudy(study.id, studyName(newName));
  });
  process.stderr.write(`${name} is now ${renamed.name}\n`);
}

/** `assay studies copy <study> <name> [--to <store>]` */
export async function duplicateStudy(
  name: string,
  newName: string,
  { store: url, to }: StoreOption & { readonly to?: string },
): Promise<void> {
  const named = { name: studyName(newName) };
  const copy = await withExistingStore(url, async (store) => {
    const study = await requireStudy(store, name);
    if (to === undefined) return await copyStudy(store, study, store, named);
    const target = await openWritableStore(to);
    try {
      return await copyStudy(store, study, target, named);
    } finally {
      await target.close();
    }
  });
  process.stderr.write(`${copy.name} is a copy of ${name}\n`);
}

interface DeleteOptions extends StoreOption {
  readonly yes?: true;
  readonly force?: true;
}

/** `assay studies delete <study>`: asks first. */
export async function deleteStudy(name: string, { store: url, yes, force }: DeleteOptions): Promise<void> {
  await withExistingStore(url, async (store) => {
    const study = await requireStudy(store, name);
    const trials = formatTrials(await trialsIn(store, study.id));
    if (yes !== true && !(await isConfirmed(`Delete study ${name} and its ${trials}?`))) {
      process.stderr.write('Nothing is deleted.\n');
      return;
    }
    await deleteFrom(store, study, force === true);
    process.stderr.write(`deleted ${name} and its ${trials}\n`);
    const companion = await store.findStudy(confirmationName(name));
    if (companion?.definition?.confirms === name)
      process.stderr.write(`${companion.name}, which confirms it, is still there\n`);
  });
}

/** What a dead process left running does not stand in the way. */
async function deleteFrom(store: StudyStore, study: StudyRecord, force: boolean): Promise<void> {
  if (!force) await store.reapTrials(study.id, newOwner(), { workerDeaths: 0, processDeaths: 0 }, GRACE_MS);
  await store.deleteStudy(study.id, { force });
}

/** @throws {CliError} `BAD_OPTION` where nobody can be asked */
async function isConfirmed(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true) {
    throw new CliError('BAD_OPTION', 'Without a terminal nobody can be asked.', '--yes  deletes without asking.');
  }
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
