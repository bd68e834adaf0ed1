// Each scene runs in a process of its own, because what it guards against is the end of the process.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const SCRIPT = fileURLToPath(new URL('./fixtures/native-process.mjs', import.meta.url));
const KILLS = 25;

async function play(scene: string, ...args: string[]) {
  const child = spawn(process.execPath, [SCRIPT, scene, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
  const [status, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { status, stdout, stderr };
}

const stopped = (message: string) => ({ kind: 'failed', reason: 'stopped', message });

it('the control: a thread that is ended inside onnxruntime, past the gate, takes the process with it', async () => {
  const { status, stderr } = await play('ungated', String(KILLS));
  expect(status).toBe('SIGABRT');
  expect(stderr).toContain('Napi::Error');
});

it(`${KILLS} trials are killed while onnxruntime runs in their threads; their neighbour trains on`, {
  timeout: 60_000,
}, async () => {
  const { status, stdout, stderr } = await play('kill', String(KILLS));
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { killed, next, neighbourEnd, neighbourCalls } = JSON.parse(stdout);
  expect(killed).toEqual(Array(KILLS).fill(stopped('stopped by a person')));
  expect(next).toEqual({ kind: 'complete', values: [1] });
  expect(neighbourEnd).toEqual({ kind: 'stopped' });
  expect(neighbourCalls).toBeGreaterThan(KILLS);
});

it('a heap that runs out in a worker of native calls costs one trial each time', async () => {
  const { status, stdout } = await play('heap');
  expect(status).toBe(0);
  const { outcomes, neighbourEnd } = JSON.parse(stdout);
  const outOfMemory = { kind: 'failed', reason: 'out-of-memory', message: expect.stringContaining('heap') };
  expect(outcomes).toEqual(Array(3).fill(outOfMemory));
  expect(neighbourEnd).toEqual({ kind: 'complete', values: [1] });
});

it('a time limit ends a trial between its native calls', async () => {
  const { status, stdout } = await play('timeLimit');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ kind: 'failed', reason: 'timed-out', message: 'still running after 50 ms' });
});

it('close waits for the native calls of all workers', async () => {
  const { status, stdout } = await play('close');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual(Array(2).fill(stopped('the pool was closed')));
});

it.each([
  { scene: 'exit', status: 7, stderr: '' },
  { scene: 'uncaught', status: 1, stderr: expect.stringContaining('the main thread fails') },
])('the process ends in order while a native call runs: $scene', async ({ scene, status, stderr }) => {
  expect(await play(scene)).toEqual({ status, stdout: '', stderr });
});
