// Prepares a CSV file of taxi rides with one of our readers, and prints one line of JSON.
//   node ours.mjs <csv | duckdb> <rides.csv> <folder>
import { openDataset, prepareTable, taxifareRecipe } from '../../dist/index.js';

const [reader, file, outDir] = process.argv.slice(2);
const started = performance.now();
const { dir, manifest } = await prepareTable({ recipe: taxifareRecipe(), train: file, outDir, reader });
const seconds = (performance.now() - started) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();

const dataset = await openDataset(dir);
const sums = new Float64Array(manifest.features.length);
let kept = 0;
for (const split of ['train', 'validation', 'test']) {
  for (let i = 0; i < manifest.splits[split].shards.length; i++) {
    const { x, rows } = await dataset.readShard(split, i);
    for (let at = 0; at < x.length; at++) sums[at % sums.length] += x[at];
    kept += rows;
  }
}
const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
console.log(JSON.stringify({ version: '', kept, sums: [...sums], seconds, cpuSeconds, peakMb: maxRSS / 1024 }));
