/**
 * What a trial costs in the SQLite store, beside the disk's own sync time and, with ASSAY_PYTHON, beside Optuna's storage; or
 * in a PostgreSQL store, beside a read of nothing.
 * Build first, then: npx jiti packages/store/bench/store-speed.ts [folder on the disk to measure | postgresql://...]
 */
import { spawnSync } from 'node:child_process';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { float, int, ordered, type SearchSpace, space } from '@assay/space';
import { openStore } from '@assay/store';
import { DEFINITION_DEFAULTS, newOwner, type Owner, type StudyStore } from '@assay/study';

const TRIALS = 1_000;
/** Until the engine has compiled what runs. */
const WARM_UP = 2_000;
const REPORTS = 10;
const MANY_TRIALS = 10_000;
const READS = 5;
const OPTUNA_TRIALS = 50;

const SPACE: SearchSpace = space({
  ...Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`x${i}`, float(-10, 10)])),
  lr: float(1e-5, 1e-1, { log: true }),
  layers: int(1, 5),
  batch: ordered([32, 64, 128, 256]),
  units: int(16, 256, { log: true }),
}).parameters;

const PARAMS = { x0: 0.1, x1: 1, x2: -2.5, x3: 3.75, x4: -9.9, x5: 5, lr: 3e-4, layers: 3, batch: 128, units: 77 };

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

async function costOf(body: () => Promise<void>): Promise<Cost> {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  await body();
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: performance.now() - wall, cpuMs: (user + system) / 1000 };
}

/** How many trials there are: the next one's number and draw. */
let made = 0;

/** As a run does it where trials are short: all reports come within half a second, and are written with the end. */
async function runTrial(store: StudyStore, studyId: number, owner: Owner, reports: number): Promise<void> {
  const planned = { number: made, draw: made, params: PARAMS, space: SPACE, note: null };
  const claim = await store.claimTrial(studyId, owner, null, planned);
  if (claim.kind !== 'claimed') throw new Error(`no trial: ${claim.kind}`);
  const { id, number } = claim.trial;
  made += 1;
  await store.finishTrial(id, owner, {
    ...{ state: 'complete', values: [1 / number], end: null, retry: false },
    reports: Array.from({ length: reports }, (_, i) => ({ step: i + 1, value: 1 / (i + 1 + number) })),
  });
}

/** As it was done before, and still is where reports come seldom: a transaction for each. */
async function runSlowly(store: StudyStore, studyId: number, owner: Owner, reports: number): Promise<void> {
  const claim = await store.claimTrial(studyId, owner, null);
  if (claim.kind !== 'claimed') throw new Error(`no trial: ${claim.kind}`);
  const { id, number } = claim.trial;
  made += 1;
  await store.writeParams(id, owner, PARAMS, SPACE, null);
  for (let step = 1; step <= reports; step++) {
    await store.writeReports(id, owner, [{ step, value: 1 / (step + number) }]);
  }
  await store.finishTrial(id, owner, { state: 'complete', values: [1 / number], end: null, retry: false });
}

/** What no store can be faster than, once for each trial: as many pages as one changes, and a sync as SQLite asks for it. */
async function syncs(folder: string): Promise<readonly Cost[]> {
  const file = openSync(join(folder, 'sync'), 'w');
  const pages = Buffer.alloc(16 * 4096, 1);
  const write = async (i: number): Promise<void> => {
    writeSync(file, pages, 0, pages.length, (i % 100) * pages.length);
    fsyncSync(file);
  };
  for (let i = 0; i < 100; i++) await write(i); // the log that is written has its length already
  const costs: Cost[] = [];
  for (let i = 0; i < TRIALS; i++) costs.push(await costOf(() => write(i)));
  closeSync(file);
  return costs;
}

/** A transaction of one query: what no call to a server can be faster than. */
async function misses(store: StudyStore): Promise<readonly Cost[]> {
  const costs: Cost[] = [];
  for (let i = 0; i < TRIALS; i++) costs.push(await costOf(async () => void (await store.findStudy('no such study'))));
  return costs;
}

function print(what: string, ms: number): void {
  console.log(`${what.padEnd(66)} ${ms.toFixed(3).padStart(9)} ms`);
}

/** Elapsed time counts the waits for the disk; processor time does not, nor what else this machine is doing. */
function printCosts(what: string, costs: readonly Cost[]): void {
  print(`${what}, elapsed`, median(costs.map(({ wallMs }) => wallMs)));
  print(`${what}, processor`, costs.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / costs.length);
}

/** The same trial in a SQLite file of Optuna's own. */
function printOptuna(folder: string): void {
  const python = process.env.ASSAY_PYTHON;
  if (python === undefined) {
    console.log('Optuna is not compared: ASSAY_PYTHON names no Python that has it');
    return;
  }
  for (const [what, reports] of [
    ['a trial of 10 parameters', 0],
    [`a trial of 10 parameters and ${REPORTS} reports`, REPORTS],
  ] as const) {
    const url = `sqlite:///${join(folder, `optuna-${reports}.db`)}`;
    const script = join(import.meta.dirname, 'optuna-speed.py');
    const run = spawnSync(python, [script, url, `${OPTUNA_TRIALS}`, `${reports}`], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`Optuna failed: ${run.stderr}`);
    const { version, wallMs, cpuMs } = JSON.parse(run.stdout) as Cost & { readonly version: string };
    print(`Optuna ${version}: ${what}, elapsed`, wallMs);
    print(`Optuna ${version}: ${what}, processor`, cpuMs);
  }
}

const given = process.argv[2] ?? tmpdir();
const isServer = given.includes('://');
const folder = mkdtempSync(join(isServer ? tmpdir() : given, 'assay-store-speed-'));
try {
  const store = await openStore(isServer ? given : join(folder, 'speed.db'));
  const owner = newOwner();
  const definition = { ...DEFINITION_DEFAULTS, space: SPACE, sampler: null, pruner: null, seed: 1, facts: {} };
  const study = await store.createStudy({
    name: basename(folder),
    directions: ['minimize'],
    metrics: ['mae'],
    definition,
  });

  console.log(`elapsed: medians; processor: means; ${process.version}, ${process.platform}`);
  if (isServer) printCosts('looking for a study that is not there', await misses(store));
  else printCosts('a write of 16 pages and a sync of this disk', await syncs(folder));
  for (const [what, run, reports] of [
    ['a trial of 10 parameters', runTrial, 0],
    [`a trial of 10 parameters and ${REPORTS} reports`, runTrial, REPORTS],
    ['the same, each report in a transaction', runSlowly, REPORTS],
  ] as const) {
    for (let i = 0; i < WARM_UP; i++) await run(store, study.id, owner, reports);
    const costs: Cost[] = [];
    for (let i = 0; i < TRIALS; i++) costs.push(await costOf(() => run(store, study.id, owner, reports)));
    printCosts(what, costs);
  }
  if (!isServer) printOptuna(folder);

  while (made < MANY_TRIALS) await runTrial(store, study.id, owner, REPORTS);
  const reads: Cost[] = [];
  const lean: Cost[] = [];
  const news: Cost[] = [];
  for (let i = 0; i < READS; i++) {
    reads.push(await costOf(async () => void (await store.readTrials(study.id))));
    lean.push(await costOf(async () => void (await store.readTrials(study.id, { reports: false }))));
    news.push(await costOf(async () => void (await store.readTrials(study.id, { from: MANY_TRIALS - 2 }))));
  }
  printCosts(`reading ${MANY_TRIALS} such trials`, reads);
  printCosts(`their parameters and values alone`, lean);
  printCosts(`reading the newest 2 of ${MANY_TRIALS}`, news);
  if (isServer) await store.deleteStudy(study.id, { force: true });
  await store.close();
} finally {
  rmSync(folder, { recursive: true });
}
