import { statSync } from 'node:fs';
import { inspectTable, matchingFiles, type TableInspection } from '@assay/preprocessing';
import { formatJson } from '../format/json.js';
import { inspectionText } from '../inspection-text.js';
import { whilePreparing } from '../prepare-study.js';
import { loadStudyFile } from '../study-file.js';
import { tableStudyOf } from '../table-study-of.js';

/** Files that are one table. */
interface InspectedFiles {
  readonly role: 'table' | 'train' | 'validation' | 'test';
  readonly files: readonly [string, ...string[]];
}

/** `assay data inspect <file or study>`: columns, label and warnings; of a study's files those of each role together. */
export async function dataInspect(
  table: string,
  options: { readonly label?: string; readonly json?: true },
): Promise<void> {
  const { tables, label } = isStudyFile(table)
    ? await tablesOfStudy(table, options.label)
    : { tables: [{ role: 'table', files: await filesOf(table) } as const], label: options.label };
  const inspections: (InspectedFiles & TableInspection)[] = [];
  for (const { role, files } of tables) {
    const inspection = await inspectTable(files, label === undefined ? {} : { label });
    inspections.push({ role, files, ...inspection });
    if (!options.json)
      process.stdout.write(
        `${inspections.length > 1 ? '\n' : ''}${heading(role, files)}\n${inspectionText(inspection, process.stdout.columns)}`,
      );
  }
  if (options.json) process.stdout.write(formatJson(inspections.map(withoutValues)));
}

function heading(role: string, [first, ...others]: InspectedFiles['files']): string {
  const more = others.length === 1 ? 'another file' : `${others.length} more files`;
  return others.length === 0 ? `${first} (${role})` : `${first} and ${more} (${role})`;
}

/** A table is a file that is no code, be it there or not; everything else is a study's name or file. */
function isStudyFile(table: string): boolean {
  if (/\.[cm]?[jt]s$/.test(table)) return true;
  const isTable = /\.(csv|tsv|txt|parquet)(\.gz|\.zst)?$|[*?]/i.test(table);
  return !isTable && statSync(table, { throwIfNoEntry: false })?.isFile() !== true;
}

/** One or several, which are one table. @throws {PreprocessingError} FILE_NOT_FOUND where a pattern matches nothing */
export async function filesOf(table: string): Promise<InspectedFiles['files']> {
  const [first = table, ...others] = await matchingFiles(table);
  return [first, ...others];
}

async function tablesOfStudy(study: string, label: string | undefined) {
  const { table } = tableStudyOf((await loadStudyFile(study)).spec);
  const sources = await whilePreparing({ engine: 'auto', maxBad: undefined }, (context) => table.sources(context));
  const tables = (['train', 'validation', 'test'] as const).flatMap((role): InspectedFiles[] => {
    const [first, ...others] = sources[role] ?? [];
    return first === undefined ? [] : [{ role, files: [first, ...others] }];
  });
  const { value } = table.recipe.label;
  return { tables, label: label ?? (value.kind === 'column' ? value.column : undefined) };
}

/** All values of a column would be longer than the table; the five most frequent say what is in it. */
function withoutValues(inspection: InspectedFiles & TableInspection) {
  const columns = inspection.columns.map(({ values, ...column }) => ({ ...column, top: values?.slice(0, 5) ?? null }));
  return { ...inspection, columns };
}
