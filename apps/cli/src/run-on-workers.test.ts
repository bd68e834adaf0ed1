import { setTimeout as sleep } from 'node:timers/promises';
import { createStudy, MemoryStudyStore } from '@assay/study';
import { expect, it } from 'vitest';
import { runOnWorkers } from './run-on-workers.js';
import { loadStudyFile } from './study-file.js';
import { fixture } from './testing/assay-process.js';

const LOOKED_AT_MS = 300;

it('counts no time that somebody looks at the screen after the last trial', { timeout: 60_000 }, async () => {
  const loaded = await loadStudyFile(fixture('quick'));
  const { name, space } = loaded.spec;
  const study = await createStudy({ store: new MemoryStudyStore(), name, space });
  const startedMs = performance.now();
  const { reason, elapsedMs } = await runOnWorkers({
    ...{ study, loaded, prepared: { data: null, facts: {} }, workers: 1, limits: { trials: 2 }, resume: '' },
    openScreen: async () => ({ left: () => sleep(LOOKED_AT_MS), close: async () => undefined }),
  });
  const wholeMs = performance.now() - startedMs;
  expect(reason).toBe('trials');
  expect(wholeMs - elapsedMs).toBeGreaterThan(LOOKED_AT_MS - 5); // timers may be a little early
});
