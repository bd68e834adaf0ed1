import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RunnerOrders } from './trial-runner.test.child.js';

/** Compiled: a process of its own cannot load TypeScript. */
const RUNNER = fileURLToPath(new URL('../dist/trial-runner.test.child.js', import.meta.url));

export interface Runner {
  readonly process: ChildProcess;
  /** The trials whose end was acknowledged, once the process has ended. */
  readonly finished: Promise<readonly number[]>;
}

/**
 * Starts a process that runs trials.
 * @param through a command that runs the one which follows it, on another host perhaps
 */
export function run(orders: RunnerOrders, through: readonly string[] = []): Runner {
  const [command, ...rest] = [...through, process.execPath, RUNNER, JSON.stringify(orders)];
  const child = spawn(command!, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const lines = () => output.split('\n').slice(0, -1).map(Number);
  return { process: child, finished: once(child, 'close').then(lines) };
}
