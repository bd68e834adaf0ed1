import type { StageLine } from './stages.js';

type Lap = (line: Pick<StageLine, 'name' | 'rows' | 'diskBytes'>) => StageLine;

/** Starts a clock. What it returns makes a line of the time since then, or since the line before, and of the memory so far. */
export function stageClock(): Lap {
  let startedMs = performance.now();
  let before = process.cpuUsage();
  return (line) => {
    const now = performance.now();
    const { user, system } = process.cpuUsage(before);
    const seconds = (now - startedMs) / 1000;
    startedMs = now;
    before = process.cpuUsage();
    return { ...line, seconds, cpuSeconds: (user + system) / 1e6, peakBytes: process.resourceUsage().maxRSS * 1024 };
  };
}
