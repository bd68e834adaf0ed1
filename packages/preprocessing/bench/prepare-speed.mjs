// Prepares generated taxi rides from CSV to shards with both readers, beside pandas, polars and DuckDB alone where the Python of
// ASSAY_PYTHON has them: rows a second, processor time and peak memory, each run in a process of its own, all in turn.
//   node packages/preprocessing/bench/prepare-speed.mjs [rows] [runs] [limit in MB]
// Fails when a reader of ours needs more memory than the limit, or when anybody's rows differ from ours.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset, prepareTable, taxifareRecipe, writeTaxiRides } from '../dist/index.js';
import { TAXI_DISTRICTS } from '../dist/taxi/taxi-districts.js';

const [rows, runs, limitMb] = [2_000_000, 3, 1000].map((value, i) => Number(process.argv[2 + i] ?? value));
const PEERS = join(import.meta.dirname, 'prepare-speed', 'peers.py');
/** Peers round coordinates to float32 before they compute, so that a ride on a border changes its district: a few in 10,000. */
const TOLERANCE = 1e-3;

const threads = availableParallelism();
const python = process.env.ASSAY_PYTHON;
const [mode, reader, file, outDir] = process.argv.slice(2);
if (mode === 'prepare') console.log(JSON.stringify(await prepareOurs()));
else await compare();

async function compare() {
  const dir = mkdtempSync(join(tmpdir(), 'assay-bench-'));
  try {
    const rides = join(dir, 'rides.csv');
    await writeTaxiRides(rides, { rows, seed: 1 });
    const names = ['assay csv', 'assay duckdb', ...['pandas', 'polars', 'duckdb'].filter(isInstalled)];
    const results = new Map(names.map((name) => [name, []]));
    for (let run = 0; run < runs; run++)
      for (const name of names) results.get(name).push(prepare(name, rides, join(dir, 'out')));
    report(results);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** What a process of its own does: prepares with one of our readers, then adds up the columns of what it prepared. */
async function prepareOurs() {
  const started = performance.now();
  const { dir, manifest } = await prepareTable({ recipe: taxifareRecipe(), train: file, outDir, reader });
  const seconds = (performance.now() - started) / 1000;
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const dataset = await openDataset(dir);
  const sums = new Array(manifest.features.length).fill(0);
  let kept = 0;
  for (const split of ['train', 'validation', 'test']) {
    for (let i = 0; i < manifest.splits[split].shards.length; i++) {
      const shard = await dataset.readShard(split, i);
      shard.x.forEach((value, at) => {
        sums[at % sums.length] += value;
      });
      kept += shard.rows;
    }
  }
  return { version: '', kept, sums, seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMb: maxRSS / 1024 };
}

function isInstalled(peer) {
  const found = python !== undefined && spawnSync(python, ['-c', `import ${peer}`]).status === 0;
  if (!found)
    console.log(`${peer} is left out: ${python === undefined ? 'ASSAY_PYTHON is not set' : 'Python lacks it'}`);
  return found;
}

function prepare(name, rides, out) {
  mkdirSync(out);
  const isOurs = name.startsWith('assay ');
  const run = isOurs
    ? spawnSync(process.execPath, [import.meta.filename, 'prepare', name.slice('assay '.length), rides, out], {
        encoding: 'utf8',
      })
    : spawnSync(python, [PEERS, name, rides, out, String(threads), TAXI_DISTRICTS.join(',')], {
        encoding: 'utf8',
        env: { ...process.env, POLARS_MAX_THREADS: String(threads) },
      });
  rmSync(out, { recursive: true, force: true });
  if (run.status !== 0) throw new Error(`${name}: ${run.stderr}`);
  return JSON.parse(run.stdout);
}

function report(results) {
  console.log(
    `${cpus()[0]?.model}, ${threads} cores, node ${process.version}: ${rows.toLocaleString('en')} rows, median of ${runs}`,
  );
  console.log('                        rows/s   processor s per million rows   peak MB');
  const [reference] = results.get('assay csv');
  for (const [name, all] of results) {
    const rate = Math.round(rows / median(all.map(({ seconds }) => seconds))).toLocaleString('en');
    const cpu = ((median(all.map(({ cpuSeconds }) => cpuSeconds)) / rows) * 1e6).toFixed(2);
    const peak = Math.round(median(all.map(({ peakMb }) => peakMb)));
    console.log(
      `${`${name} ${all[0].version}`.padEnd(20)}${rate.padStart(10)}${cpu.padStart(31)}${String(peak).padStart(10)}`,
    );
    for (const one of all) assertSameRows(name, one, reference);
    if (name.startsWith('assay ') && peak > limitMb) throw new Error(`${name} needs ${peak} MB, above ${limitMb} MB`);
  }
}

function assertSameRows(name, { kept, sums }, reference) {
  const differ = sums.filter(
    (sum, i) => Math.abs(sum - reference.sums[i]) > TOLERANCE * Math.max(1, Math.abs(reference.sums[i])),
  );
  if (kept !== reference.kept || differ.length > 0)
    throw new Error(`${name} kept ${kept} rows instead of ${reference.kept}; sums ${sums}, ours ${reference.sums}`);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
