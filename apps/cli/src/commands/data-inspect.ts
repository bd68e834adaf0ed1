import { statSync } from 'node:fs';
import { inspectTable, type TableInspection } from '@assay/preprocessing';
import { formatJson } from '../format/json.js';
import { inspectionText } from '../inspection-text.js';
import { whilePreparing } from '../prepare-study.js';
import { loadStudyFile } from '../study-file.js';
import { tableStudyOf } from '../table-study-of.js';

interface InspectedFile {
  readonly file: string;
  readonly role: 'table' | 'train' | 'validation';
}

/** `assay data inspect <file or study>`: every file's columns, label and warnings. */
export async function dataInspect(
  table: string,
  options: { readonly label?: string; readonly json?: true },
): Promise<void> {
  const { files, label } = isStudyFile(table)
    ? await filesOfStudy(table, options.label)
    : { files: [{ file: table, role: 'table' } as const], label: options.label };
  const inspections: (InspectedFile & TableInspection)[] = [];
  for (const { file, role } of files) {
    const inspection = await inspectTable(file, label === undefined ? {} : { label });
    inspections.push({ file, role, ...inspection });
    if (!options.json)
      process.stdout.write(`${inspections.length > 1 ? '\n' : ''}${file} (${role})\n${inspectionText(inspection)}`);
  }
  if (options.json) process.stdout.write(formatJson(inspections.map(withoutValues)));
}

/** A table is a file that is no code; everything else is a study's name or file. */
function isStudyFile(table: string): boolean {
  return statSync(table, { throwIfNoEntry: false })?.isFile() !== true || /\.[cm]?[jt]s$/.test(table);
}

async function filesOfStudy(study: string, label: string | undefined) {
  const { table } = tableStudyOf((await loadStudyFile(study)).spec);
  const sources = await whilePreparing({ engine: 'auto', maxBad: undefined }, (context) => table.sources(context));
  const files: InspectedFile[] = [
    ...sources.train.map((file) => ({ file, role: 'train' }) as const),
    ...sources.validation.map((file) => ({ file, role: 'validation' }) as const),
  ];
  const { value } = table.recipe.label;
  return { files, label: label ?? (value.kind === 'column' ? value.column : undefined) };
}

/** All values of a column would be longer than the table; the five most frequent say what is in it. */
function withoutValues(inspection: InspectedFile & TableInspection) {
  const columns = inspection.columns.map(({ values, ...column }) => ({ ...column, top: values?.slice(0, 5) ?? null }));
  return { ...inspection, columns };
}
