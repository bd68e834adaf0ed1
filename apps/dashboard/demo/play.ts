/**
 * Plays a study on the dashboard, live or as it is watched from elsewhere:
 * `npx jiti apps/dashboard/demo/play.ts [trials] [milliseconds a step] [one|two|three|repeats] [watch]`.
 */
import { MemoryStudyStore, StudyControls } from '@assay/study';
import { liveSource, runDashboard, storeSource } from '../dist/index.js';
import { type DemoKind, openDemoStudy, runDemoStudy } from '../dist/testing/demo-study.test.kit.js';

const [trials = 40, stepMs = 60] = process.argv.slice(2, 4).map(Number);
const kind = (process.argv[4] ?? 'one') as DemoKind;
const isWatch = process.argv[5] === 'watch';
const store = new MemoryStudyStore();
const study = await openDemoStudy(store, kind);
const controls = new StudyControls();
const live = liveSource({
  goal: { kind: 'finished', count: trials },
  facts: [
    { label: 'sampler', value: 'auto' },
    { label: 'pruner', value: 'none' },
    { label: 'engine', value: 'none, sleeps instead of training' },
    { label: 'workers', value: '3' },
    { label: 'data', value: 'made up' },
    { label: 'store', value: 'memory:' },
  ],
});
study.subscribe(live.listener);
const running = runDemoStudy(study, controls, trials, stepMs, kind).catch((error: unknown) => live.crash(error));
const { exit } = await runDashboard({
  source: isWatch ? storeSource(store, study.name) : live,
  controls: isWatch ? null : controls,
  paramsText: (params) =>
    Object.entries(params)
      .map(([name, value]) => `--${name}=${value}`)
      .join(' '),
});
if (exit === 'abort') process.exit(130);
if (isWatch) process.exit(0);
await running;
live.close();
process.stdout.write(`left: ${exit}\n`);
