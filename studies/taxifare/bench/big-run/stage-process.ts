import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type BigRun, type Results, STAGES, type StageName } from './stages.js';

const NAMES = Object.keys(STAGES) as readonly StageName[];

/** Runs the stages whose result is not whole, each in a process of its own, so that its memory is its own too. */
export async function runStages(run: BigRun): Promise<Results> {
  for (const stage of NAMES) {
    const isWhole = existsSync(resultFile(run, stage));
    process.stderr.write(isWhole ? `${stage}: done before\n` : `${stage} ...\n`);
    if (!isWhole) await startProcess(run, stage);
  }
  return readResults(run);
}

/** In the stage's process. The result is written last, and appears whole. */
export async function workOn(run: BigRun, name: string): Promise<void> {
  const stage = NAMES.find((known) => known === name);
  if (stage === undefined) throw new Error(`there is no stage ${name}`);
  const result = await STAGES[stage](run, readResults(run));
  const file = resultFile(run, stage);
  mkdirSync(run.dir, { recursive: true });
  writeFileSync(`${file}.part`, `${JSON.stringify(result, null, 2)}\n`);
  renameSync(`${file}.part`, file);
}

/** @throws {Error} when the stage fails; what it says is on stderr */
async function startProcess({ rows, passes, dir }: BigRun, stage: StageName): Promise<void> {
  const words = [String(rows), '--passes', String(passes), '--dir', path.dirname(dir), '--stage', stage];
  const script = path.resolve(process.argv[1]!);
  const child = spawn(process.execPath, ['--import', 'jiti/register', script, ...words], {
    cwd: path.dirname(script), // where jiti is found, wherever the command was given
    stdio: 'inherit',
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (code !== 0) throw new Error(`${stage} ended with ${signal ?? `exit code ${code}`}; the same command goes on`);
}

/** Those that are there; a stage asks only for those before it. */
function readResults(run: BigRun): Results {
  const found = NAMES.filter((stage) => existsSync(resultFile(run, stage)));
  return Object.fromEntries(
    found.map((stage) => [stage, JSON.parse(readFileSync(resultFile(run, stage), 'utf8'))]),
  ) as unknown as Results;
}

/** Runs of other passes share the rows. */
function resultFile({ dir, passes }: BigRun, stage: StageName): string {
  return path.join(dir, stage === 'train' ? `train-${passes}.json` : `${stage}.json`);
}
