import type { TableInspection } from '@assay/preprocessing';
import { key, quoted, type SuggestedColumn, suggestFeatures } from './suggest-features.js';

export interface SuggestionFacts {
  /** The table's file, as the study is to name it. */
  readonly file: string;
  readonly label: string;
  /** Lower-case letters, digits and dashes. */
  readonly name: string;
}

/**
 * A study file that runs as it stands: a recipe with a first choice of features, the file, and a network with a space for it.
 * What is left out is named with the reason.
 */
export function suggestStudy(inspection: TableInspection, { file, label, name }: SuggestionFacts): string {
  const columns = suggestFeatures(inspection, label);
  const used = columns.filter(({ type }) => type !== null);
  const imports = [
    'defineTableStudy',
    'recipe',
    'tableFiles',
    'tabularNetwork',
    ...columns.flatMap(({ uses }) => uses),
  ];
  const labelType = inspection.columns.find((column) => column.name === label)?.type ?? 'number';
  return [
    importLine([...new Set(imports)].sort()),
    '',
    'export default defineTableStudy({',
    `  name: ${quoted(name)},`,
    '  recipe: recipe({',
    `    name: ${quoted(name)},`,
    '    columns: {',
    `      ${key(label)}: ${quoted(labelType)},`,
    ...used.map(({ column, type }) => `      ${key(column)}: ${type},`),
    '    },',
    ...labelRemarks(inspection, label),
    `    label: ${quoted(label)},`,
    ...ruleLines(columns.flatMap(({ rules }) => rules)),
    '    features: {',
    ...columns.flatMap(featureLines),
    '    },',
    '  }),',
    `  sources: tableFiles({ train: ${quoted(file)} }),`,
    '  ...tabularNetwork(),',
    '});',
    '',
  ].join('\n');
}

/** What to think of before training: rows are dropped by their label only when a person says so. */
function labelRemarks({ warnings }: TableInspection, label: string): string[] {
  return warnings.filter(({ column }) => column === label).map(({ text }) => `    // ${label}: ${text}`);
}

function ruleLines(rules: readonly string[]): string[] {
  return rules.length === 0 ? [] : ['    rules: [', ...rules.map((rule) => `      ${rule},`), '    ],'];
}

const LINE = 100;

function importLine(names: readonly string[]): string {
  const line = `import { ${names.join(', ')} } from 'assay';`;
  return line.length <= LINE ? line : `import {\n${names.map((name) => `  ${name},\n`).join('')}} from 'assay';`;
}

function featureLines({ column, features, remark }: SuggestedColumn): string[] {
  const comment = remark === null ? [] : [`      // ${column}: ${remark}`];
  return [...comment, ...features.map((line) => `      ${line},`)];
}
