// Generates taxi rides, prepares them in a process of its own, and prints rows a second and peak memory.
//   node packages/preprocessing/bench/prepare-rides.mjs [rows] [limit in MB]
// Fails when the peak is above the limit (default 400 MB), so it can stand guard over "flat memory".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareTable, taxifareRecipe, writeTaxiRides } from '../dist/index.js';

const [rows = '2000000', limitMb = '400', file] = process.argv.slice(2);

if (file !== undefined) {
  const started = performance.now();
  const { manifest } = await prepareTable({ recipe: taxifareRecipe(), train: file, outDir: `${file}.prepared` });
  const seconds = (performance.now() - started) / 1000;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({
      rows: Number(rows),
      kept: manifest.sources[0].kept,
      seconds,
      rowsPerSecond: rows / seconds,
      peakMb,
    }),
  );
} else {
  const dir = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const rides = join(dir, 'rides.csv');
    const started = performance.now();
    await writeTaxiRides(rides, { rows: Number(rows), seed: 1 });
    const generated = Math.round(rows / ((performance.now() - started) / 1000));
    const run = spawnSync(process.execPath, [import.meta.filename, rows, limitMb, rides], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(run.stderr);
    const result = JSON.parse(run.stdout);
    console.log(`${cpus()[0]?.model}, node ${process.version}: ${rows} rows`);
    console.log(`generating and writing ${generated.toLocaleString()} rows/s`);
    console.log(
      `preparing ${Math.round(result.rowsPerSecond).toLocaleString()} rows/s, peak ${Math.round(result.peakMb)} MB resident`,
    );
    if (result.peakMb > Number(limitMb)) throw new Error(`peak of ${result.peakMb} MB is above ${limitMb} MB`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
