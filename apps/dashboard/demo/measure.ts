/**
 * What the screen costs at 120 x 40: bytes and processor time a second, over five seconds each; then processor time for each
 * redraw after a trial has ended, with all that is figured out between frames.
 * `npx jiti apps/dashboard/demo/measure.ts`
 */
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LiveSource, liveSource, runDashboard } from '../dist/index.js';
import { aRunningTrial, aStudy, aTrial } from '../dist/testing/trials.test.kit.js';

const SECONDS = 5;

/** How many redraws are measured, each with one trial more, and how far apart they are. */
const REDRAWS = 30;
const REDRAW_EVERY_MS = 220;

/** One source of events per case; `everyMs` between reports of two running trials and, ten times rarer, ends of trials. */
const CASES = [
  { name: 'study over', trials: 200, everyMs: null, isOver: true },
  { name: 'running, no events', trials: 200, everyMs: null, isOver: false },
  { name: '20 events a second', trials: 200, everyMs: 50, isOver: false },
  { name: '1000 events a second', trials: 200, everyMs: 1, isOver: false },
  { name: '1000 events a second, 5000 trials', trials: 5_000, everyMs: 1, isOver: false },
] as const;

for (const { name, trials, everyMs, isOver } of CASES) {
  for (const isDrawn of [false, true]) {
    const cost = await measure(trials, everyMs, isOver, isDrawn);
    console.log(`${name.padEnd(36)} ${isDrawn ? 'drawn' : 'events alone'.padEnd(5)}  ${cost}`);
  }
}

for (const objectives of [1, 2, 3] as const) {
  for (const trials of [100, 1_000, 10_000]) {
    const perRedraw = await redrawCost(objectives, trials);
    console.log(`${objectives} objectives, ${String(trials).padStart(5)} trials  ${perRedraw.toFixed(1)} ms a redraw`);
  }
}
process.exit(0);

async function measure(trials: number, everyMs: number | null, isOver: boolean, isDrawn: boolean): Promise<string> {
  const written = { bytes: 0, frames: 0 };
  const source = liveSource({ facts: [], goal: { kind: 'finished', count: 2 * trials + 100_000 } });
  const study = aStudy();
  source.listener({ type: 'study-opened', study, trials: Array.from({ length: trials }, (_, i) => aTrial(i)) });
  if (isOver) source.listener({ type: 'study-stopped', reason: 'until' });
  const close = isDrawn ? draw(source, written) : null;
  await sleep(1_500);
  Object.assign(written, { bytes: 0, frames: 0 });
  const before = process.cpuUsage();
  const timer =
    everyMs === null ? undefined : setInterval(play(source.listener, trials, everyMs), Math.max(everyMs, 10));
  await sleep(SECONDS * 1_000);
  const cpu = (processorMs(before) / 1_000 / SECONDS) * 100;
  clearInterval(timer);
  await close?.();
  source.close();
  const perSecond = (n: number): string => (n / SECONDS).toFixed(1);
  return `${(written.bytes / SECONDS / 1_000).toFixed(2).padStart(6)} kB/s  ${perSecond(written.frames).padStart(5)} writes/s  ${cpu.toFixed(1).padStart(5)} % of a core`;
}

async function redrawCost(objectives: 1 | 2 | 3, trials: number): Promise<number> {
  const directions = (['minimize', 'maximize', 'minimize'] as const).slice(0, objectives);
  const study = aStudy({ directions, metrics: ['mae', 'speed', 'size'].slice(0, objectives) });
  const source = liveSource({ facts: [], goal: null });
  const ended = Array.from({ length: trials }, (_, i) => spreadTrial(i, objectives));
  source.listener({ type: 'study-opened', study, trials: ended });
  const close = draw(source, { bytes: 0, frames: 0 });
  await sleep(1_500);
  const before = process.cpuUsage();
  for (let i = 0; i < REDRAWS; i++) {
    const trial = { ...spreadTrial(trials + i, objectives), finishedMs: Date.now() };
    source.listener({ type: 'trial-finished', trial, best: false });
    await sleep(REDRAW_EVERY_MS);
  }
  const cost = processorMs(before) / REDRAWS;
  await close();
  source.close();
  return cost;
}

/** A trial with parameters and values all over their ranges: two hundred of ten thousand are on the front. */
function spreadTrial(number: number, objectives: number): ReturnType<typeof aTrial> {
  const share = (factor: number, prime: number): number => ((number * factor) % prime) / prime;
  const [u, v] = [share(7_919, 1_009), share(104_729, 997)];
  const params = {
    lr: 10 ** (-4 + 3 * share(31, 97)),
    layers: 1 + (number % 3),
    'units[0]': 16 + Math.floor(240 * share(17, 241)),
    optimizer: number % 2 === 0 ? 'adam' : 'sgd',
  };
  return aTrial(number, { params, values: [2 + u, Math.sqrt(u) - v * 0.3, u + v].slice(0, objectives) });
}

function processorMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
}

/** The screen without a terminal; counts what it writes. Returns the call that closes it. */
function draw(source: LiveSource, written: { bytes: number; frames: number }): () => Promise<void> {
  const stdout = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      written.bytes += Buffer.byteLength(chunk);
      written.frames += 1;
      done();
    },
  });
  Object.assign(stdout, { columns: 120, rows: 40, isTTY: true });
  const stdin = Object.assign(process.stdin, { isTTY: false });
  const closing = new AbortController();
  const { signal } = closing;
  const left = runDashboard({ source, controls: null, paramsText: String, stdout: stdout as never, stdin, signal });
  return async () => {
    closing.abort();
    await left;
  };
}

function play(listener: ReturnType<typeof liveSource>['listener'], first: number, everyMs: number): () => void {
  let number = first;
  let step = 0;
  return () => {
    for (let i = 0; i < Math.max(1, 10 / everyMs); i++) {
      step += 1;
      const reports = Array.from({ length: step % 20 }, (_, at) => ({ step: at, value: 5 / (at + 1) }));
      for (const running of [number, number + 1]) {
        listener({ type: 'trial-reported', trial: aRunningTrial(running, { reports, startedMs: Date.now() }) });
      }
      if (step % 10 !== 0) continue;
      const value = 2 + Math.abs(Math.sin(number));
      listener({
        type: 'trial-finished',
        trial: aTrial(number, { values: [value], finishedMs: Date.now() }),
        best: false,
      });
      number += 1;
    }
  };
}
