import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrialRecord } from '@assay/study';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from './open-store.js';
import { NO_POSTGRES, startPostgres, type TestServer } from './postgres-server.test.kit.js';

const COMMAND = fileURLToPath(new URL('../../../apps/cli/bin/assay.js', import.meta.url));

/** Trials of two seconds, with a report every 50 ms. */
const STUDY = fileURLToPath(new URL('../../../apps/cli/src/fixtures/slow.study.ts', import.meta.url));
const REPORTS = 40;

const UNTIL = 5;

/** The real command, to its end or, with `said`, until stderr has said that. */
function assay(...args: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'assay-restart-'));
  const process = spawn(globalThis.process.execPath, [COMMAND, ...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(() => {
    process.kill('SIGKILL');
    rmSync(cwd, { recursive: true, force: true });
  });
  let stderr = '';
  process.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(process, 'close').then(([code]) => ({ code, stderr }));
  const said = async (text: string): Promise<void> => {
    while (!stderr.includes(text)) {
      if (process.exitCode !== null) throw new Error(`assay ended without saying ${text}:\n${stderr}`);
      await Promise.race([once(process.stderr, 'data'), ended]);
    }
  };
  return { ended, said };
}

describe.skipIf(NO_POSTGRES !== '')(
  `assay worker, while the server is restarted${NO_POSTGRES}`,
  { timeout: 120_000 },
  () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startPostgres();
    }, 60_000);
    afterAll(() => server.stop());

    // A server that is only stopped takes nothing along; one that crashes may take the last reports.
    it.for([
      { how: 'fast', least: REPORTS },
      { how: 'crash', least: 1 },
    ] as const)(
      '$how: it goes on with the trials that it runs, and stops at exactly as many as it should',
      async ({ how, least }, { skip }) => {
        if (server.restart === null) return skip('somebody else’s server');
        const store = await server.newDatabase();
        const first = await assay('run', STUDY, '--store', store, '--until', '1', '--workers', '1', '--plain').ended;
        expect(first).toMatchObject({ code: 0 });
        const worker = assay('worker', 'slow', '--store', store, '--until', String(UNTIL), '--workers', '2');
        await worker.said('trial 2 started');
        await server.restart(how);
        expect(await worker.ended).toMatchObject({
          code: 0,
          stderr: expect.stringContaining(`${UNTIL} trials finished, ${UNTIL - 1} of them here`),
        });
        const trials = await trialsIn(store);
        expect(trials.map(({ number, state }) => [number, state])).toEqual(trials.map((_, i) => [i, 'complete']));
        expect(trials).toHaveLength(UNTIL);
        for (const { values, params, reports } of trials) {
          expect(values).toEqual([params.x]);
          expect(reports.length).toBeGreaterThanOrEqual(least);
        }
      },
    );
  },
);

async function trialsIn(url: string): Promise<readonly TrialRecord[]> {
  const store = await openStore(url);
  try {
    return await store.readTrials((await store.findStudy('slow'))!.id);
  } finally {
    await store.close();
  }
}
