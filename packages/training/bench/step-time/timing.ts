/** Milliseconds of a training step, or of whatever was timed. */
export interface Timing {
  /** By the clock: on a busy machine more than the work itself takes. */
  readonly wallMs: number;
  /** Of the process on any core. */
  readonly cpuMs: number;
}

/** Medians over `runs` runs of `work`, after `warmUps` others; fewer runs, one at least, when the budget is over. */
export async function medianTiming(
  work: () => Promise<unknown>,
  { warmUps, runs, budgetMs }: { readonly warmUps: number; readonly runs: number; readonly budgetMs: number },
): Promise<Timing> {
  const endMs = performance.now() + budgetMs;
  for (let run = 0; run < warmUps; run++) await work();
  const timings: Timing[] = [];
  do timings.push(await timed(work));
  while (timings.length < runs && performance.now() < endMs);
  return { wallMs: median(timings.map(({ wallMs }) => wallMs)), cpuMs: median(timings.map(({ cpuMs }) => cpuMs)) };
}

async function timed(work: () => Promise<unknown>): Promise<Timing> {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - startedMs, cpuMs: (user + system) / 1000 };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}
