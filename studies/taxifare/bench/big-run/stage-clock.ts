import type { StageLine } from './stages.js';

/** Starts a clock. What it returns makes a line of the time since then and of the process's memory so far. */
export function stageClock(): (line: Pick<StageLine, 'name' | 'rows' | 'diskBytes'>) => StageLine {
  const startedMs = performance.now();
  return (line) => ({ ...line, seconds: (performance.now() - startedMs) / 1000, peakBytes: peakBytes() });
}

function peakBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}
