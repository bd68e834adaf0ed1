import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';

const JITI = path.resolve(import.meta.dirname, '../../../node_modules/jiti/lib/jiti-cli.mjs');
const SCRIPT = path.join(import.meta.dirname, 'big-run.ts');
const ROWS = 600_000; // eight shards of training rows

/** A process group of its own: a kill takes the script and its stage, as a machine that goes down does. */
function start(dir: string, ...flags: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [JITI, SCRIPT, String(ROWS), '--dir', dir, ...flags], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => killGroup(child));
  return child;
}

function killGroup({ pid }: ChildProcess): void {
  try {
    process.kill(-pid!, 'SIGKILL');
  } catch {
    // it has ended
  }
}

/** A stage that is dying still counts as alive, and what a live process makes is left alone. */
async function groupEnded({ pid }: ChildProcess): Promise<void> {
  for (;;) {
    try {
      process.kill(-pid!, 0);
    } catch {
      return; // nobody is left in it
    }
    await sleep(10);
  }
}

async function outputOf(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let [stdout, stderr] = ['', ''];
  child.stdout!.on('data', (text) => {
    stdout += String(text);
  });
  child.stderr!.on('data', (text) => {
    stderr += String(text);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** What of a result does not depend on the clock. */
function lasting(dir: string): unknown {
  const read = (name: string): Record<string, unknown> =>
    JSON.parse(readFileSync(path.join(dir, String(ROWS), name), 'utf8')) as Record<string, unknown>;
  const { test, engine } = read('train-1.json');
  return { test, engine, yardsticks: read('yardsticks.json') };
}

it('killed while it generates, prepares or trains, the same command ends as if nothing had happened', async () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'assay-big-run-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const [whole, killed] = [path.join(parent, 'whole'), path.join(parent, 'killed')];
  expect((await outputOf(start(whole))).code).toBe(0);

  const home = path.join(killed, String(ROWS));
  const names = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);
  const inTheMiddle = {
    generate: () => names(home).some((name) => name.endsWith('.part')),
    prepare: () => names(path.join(home, 'datasets')).some((name) => name.startsWith('.preparing')),
    train: () => existsSync(path.join(home, 'model-1', 'training.checkpoint')),
  };
  for (const isThere of Object.values(inTheMiddle)) {
    const child = start(killed);
    const ended = once(child, 'exit');
    while (!isThere()) {
      expect(child.exitCode).toBeNull();
      await sleep(10);
    }
    killGroup(child);
    await ended;
    await groupEnded(child);
  }

  const { code, stdout, stderr } = await outputOf(start(killed));
  expect(code).toBe(0);
  expect(stderr).toMatch(/^generate: done before\nprepare: done before\ntrain \.\.\.\n/);
  expect(stdout).toContain('Training went on from a checkpoint');
  expect(lasting(killed)).toEqual(lasting(whole));
  expect(names(home).filter((name) => name.includes('.part'))).toEqual([]);
  expect(names(path.join(home, 'datasets')).filter((name) => name.startsWith('.'))).toEqual([]);

  expect((await outputOf(start(killed))).stderr).toBe(
    ['generate', 'prepare', 'train', 'yardsticks'].map((stage) => `${stage}: done before\n`).join(''),
  );
  expect((await outputOf(start(killed, '--clean'))).code).toBe(0);
  expect(readdirSync(killed)).toEqual([]);
}, 600_000);
