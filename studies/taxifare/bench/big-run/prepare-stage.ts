import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { prepareRows } from 'assay';
import { stageClock } from './stage-clock.js';
import type { BigRun, Results } from './stages.js';
import { taxiTable } from './taxi-table.js';

/** What `assay data prepare` does. */
export async function prepareStage({ dir }: BigRun, { generate }: Results): Promise<Results['prepare']> {
  const lap = stageClock();
  const prepared = await prepareRows(taxiTable(generate), {
    cacheDir: dir,
    dataDir: null,
    engine: 'auto',
    maxBad: undefined,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  const rows = prepared.manifest.sources.reduce((sum, source) => sum + source.rows, 0);
  const [reader] = prepared.reader.split(' '); // the rest says why
  const line = lap({ name: `prepare, reader ${reader}`, rows, diskBytes: folderBytes(prepared.dir) });
  return { dataset: prepared.dir, lines: [line] };
}

function folderBytes(dir: string): number {
  return readdirSync(dir).reduce((sum, file) => sum + statSync(path.join(dir, file)).size, 0);
}
