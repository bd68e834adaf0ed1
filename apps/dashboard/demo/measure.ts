/**
 * What the screen costs: bytes and processor time a second, at 120 x 40, over five seconds each.
 * `npx jiti apps/dashboard/demo/measure.ts`
 */
import { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { liveSource, runDashboard } from '../dist/index.js';
import { aRunningTrial, aStudy, aTrial } from '../dist/testing/trials.test.kit.js';

const SECONDS = 5;

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

async function measure(trials: number, everyMs: number | null, isOver: boolean, isDrawn: boolean): Promise<string> {
  let bytes = 0;
  let frames = 0;
  const stdout = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      bytes += Buffer.byteLength(chunk);
      frames += 1;
      done();
    },
  });
  Object.assign(stdout, { columns: 120, rows: 40, isTTY: true });
  const source = liveSource({ facts: [], goal: { kind: 'finished', count: 2 * trials + 100_000 } });
  const study = aStudy();
  source.listener({ type: 'study-opened', study, trials: Array.from({ length: trials }, (_, i) => aTrial(i)) });
  if (isOver) source.listener({ type: 'study-stopped', reason: 'until' });
  const closing = new AbortController();
  const stdin = Object.assign(process.stdin, { isTTY: false });
  const left = isDrawn
    ? runDashboard({
        source,
        controls: null,
        paramsText: String,
        stdout: stdout as never,
        stdin,
        signal: closing.signal,
      })
    : null;
  await sleep(1_500);
  [bytes, frames] = [0, 0];
  const before = process.cpuUsage();
  const timer =
    everyMs === null ? undefined : setInterval(play(source.listener, trials, everyMs), Math.max(everyMs, 10));
  await sleep(SECONDS * 1_000);
  const { user, system } = process.cpuUsage(before);
  clearInterval(timer);
  closing.abort();
  await left;
  source.close();
  const perSecond = (n: number): string => (n / SECONDS).toFixed(1);
  const cpu = ((user + system) / 1e6 / SECONDS) * 100;
  return `${(bytes / SECONDS / 1_000).toFixed(2).padStart(6)} kB/s  ${perSecond(frames).padStart(5)} writes/s  ${cpu.toFixed(1).padStart(5)} % of a core`;
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
