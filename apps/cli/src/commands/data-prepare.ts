import { featureWarnings } from '@assay/preprocessing';
import type { PrepareContext } from '@assay/study';
import { prepareRows, reusedText } from 'assay';
import { formatJson } from '../format/json.js';
import { formatBytes } from '../format/number.js';
import { fraction } from '../option-values.js';
import { whilePreparing } from '../prepare-study.js';
import { loadStudyFile } from '../study-file.js';
import { tableStudyOf } from '../table-study-of.js';

/** `assay data prepare <study>`: preprocessing alone. */
export async function dataPrepare(
  name: string,
  options: { readonly maxBad?: string; readonly reader: PrepareContext['reader']; readonly json?: true },
): Promise<void> {
  const maxBad = options.maxBad === undefined ? undefined : fraction(options.maxBad, '--max-bad');
  const { table } = tableStudyOf((await loadStudyFile(name)).spec);
  const startedMs = performance.now();
  const asked = { engine: 'auto', maxBad, reader: options.reader } as const;
  const prepared = await whilePreparing(asked, (context) => prepareRows(table, context));
  const { dir, manifest, cached, sources, reader, reusedFiles } = prepared;
  const seconds = (performance.now() - startedMs) / 1000;
  if (options.json) {
    process.stdout.write(
      formatJson({ dir, cached, reusedFiles, seconds, reader, warnings: featureWarnings(manifest), manifest }),
    );
    return;
  }
  const rows = manifest.sources.reduce((sum, source) => sum + source.rows, 0);
  const { train, validation, test } = manifest.splits;
  const dropped = Object.entries(manifest.dropped).filter(([, count]) => count > 0);
  const lines = [
    `${sources.description}`,
    cached
      ? 'prepared before: nothing to do'
      : `${count(rows)} rows in ${seconds.toFixed(1)}s (${count(rows / seconds)} rows/s), peak memory ${formatBytes(process.resourceUsage().maxRSS * 1024)}`,
    ...(cached ? [] : [`reader: ${reader}`]),
    ...(reusedFiles === 0 ? [] : [`${reusedText(prepared)}: their rows are kept from before`]),
    `kept: ${count(train.rows)} train, ${count(validation.rows)} validation, ${count(test.rows)} test; ${manifest.rowBytes} bytes a row on disk`,
    ...dropped.map(([reason, rows]) => `dropped: ${count(rows)} ${reason}`),
    `malformed: ${count(manifest.malformed)}`,
    ...manifest.firstRejects.map(({ file, line, reason }) => `  ${file}:${line}: ${reason}`),
    ...featureWarnings(manifest).map(({ feature, text }) => `look at ${feature}: ${text}`),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.stdout.write(`${dir}\n`);
}

const count = (rows: number): string => Math.round(rows).toLocaleString('en');
