import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inspectTable } from '@assay/preprocessing';
import { suggestStudy } from 'assay';
import { CliError } from '../cli-error.js';
import { commandName, shellQuoted } from '../command-style.js';
import { filesOf } from './data-inspect.js';

/** `assay data suggest <file> --label column`: a study file that runs as it stands, on stdout or in a file. */
export async function dataSuggest(
  file: string,
  options: { readonly label: string; readonly out?: string },
): Promise<void> {
  const { out } = options;
  if (out !== undefined && existsSync(out))
    throw new CliError('BAD_OPTION', `${out} is there already.`, 'Take another name: --out <file>');
  const inspection = await inspectTable(await filesOf(file), { label: options.label });
  if (inspection.label === null)
    throw new CliError(
      'BAD_OPTION',
      `${path.basename(file)}: the column ${options.label} holds no numbers, and only numbers can be predicted.`,
      'Name another column (--label), or write classes as the numbers 0, 1, 2 ... (tabularClassifier)',
    );
  const text = suggestStudy(inspection, { file, label: options.label, name: studyName(out ?? file) });
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(out, text, { flag: 'wx' });
  for (const { column, text: warning } of inspection.warnings.filter(({ kind }) => kind === 'label'))
    process.stderr.write(`${column}: ${warning}\n`);
  const run = `${commandName()} run ${shellQuoted(out.startsWith('.') || path.isAbsolute(out) ? out : `./${out}`)}`;
  process.stderr.write(`${out}: a first recipe for ${path.basename(file)}. Look it over, then: ${run}\n`);
}

/** A file's name as a recipe may be called: the study file's, so that two studies on one table are two in the store. */
function studyName(file: string): string {
  const stem = path.basename(file).replace(/(\.study)?\.(ts|js|csv|tsv|txt|parquet)(\.gz|\.zst)?$/i, '');
  return (
    stem
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'table'
  );
}
