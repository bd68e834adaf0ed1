import { statSync } from 'node:fs';
import { inspectTable, type TableInspection } from '@assay/preprocessing';
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
    : { tables: [{ role: 'table', files: [table] } as const], label: options.label };
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
  return others.length === 0 ? `${first} (${role})` : `${first} and ${others.length} more files (${role})`;
}

/** A table is a file that is no code; everything else is a study's name or file. */
function isStudyFile(table: string): boolean {
  return statSync(table, { throwIfNoEntry: false })?.isFile() !== true || /\.[cm]?[jt]s$/.test(table);
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
