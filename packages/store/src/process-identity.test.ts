import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isProcessGone, processIdentity } from './process-identity.js';

const hasProc = processIdentity(process.pid).pidSpace !== null;

it('takes this process for alive', () => {
  expect(isProcessGone(process.pid, processIdentity(process.pid))).toBe(false);
});

it('sees that a process has ended', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const identity = processIdentity(child.pid!);
  expect(isProcessGone(child.pid!, identity)).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isProcessGone(child.pid!, identity)).toBe(true);
});

it.skipIf(!hasProc)('is not fooled by a later process that was given the same pid (needs /proc)', () => {
  const identity = processIdentity(process.pid);
  expect(isProcessGone(process.pid, { ...identity, start: '1' })).toBe(true);
});

it.skipIf(!hasProc)('says nothing about pids of another container or boot (needs /proc)', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  const identity = processIdentity(pid);
  expect(isProcessGone(pid, identity)).toBe(true);
  expect(isProcessGone(pid, { ...identity, pidSpace: 'elsewhere' })).toBe(false);
});

it.skipIf(!hasProc)('takes a process for gone that nobody has waited for (needs /proc)', async () => {
  // The shell starts a process, then becomes `sleep 60`, which never waits for it.
  const shell = spawn('sh', ['-c', 'sleep 0.2 & echo $!; exec sleep 60']);
  const [line] = (await once(shell.stdout, 'data')) as [Buffer];
  const pid = Number(line.toString());
  const identity = processIdentity(pid);
  await expect.poll(() => isProcessGone(pid, identity)).toBe(true);
  expect(() => process.kill(pid, 0)).not.toThrow(); // though its pid is still there
  shell.kill('SIGKILL');
  await once(shell, 'exit');
});
