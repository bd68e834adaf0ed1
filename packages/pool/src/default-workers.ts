import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';

export interface WorkerNeeds {
  /** How many threads run at the same time. Default: what this process may use of the machine, or of its container. */
  readonly cores?: number;
  /** Default: what is free now, in the machine or in its container. */
  readonly freeMemoryBytes?: number;
  /** What one worker needs while it trains. Default: 512 MiB. */
  readonly perWorkerBytes?: number;
}

const PER_WORKER_BYTES = 512 * 2 ** 20;
const CGROUP_CPU_LIMIT = '/sys/fs/cgroup/cpu.max';

/**
 * Whole cores that a cgroup's `cpu.max` grants: quota over period, both in microseconds; `max` is no limit.
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu-interface-files
 */
export function coresGranted(cpuMax: string): number {
  const [quota = 'max', period = '100000'] = cpuMax.trim().split(/\s+/);
  return quota === 'max' ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(Number(quota) / Number(period)));
}

/**
 * How many workers to start when nobody says: one per core, as far as memory allows, at least one.
 * @returns `why` is one line for a person
 */
export function defaultWorkers({
  cores = availableCores(),
  freeMemoryBytes = availableMemory(),
  perWorkerBytes = PER_WORKER_BYTES,
}: WorkerNeeds = {}): { readonly workers: number; readonly why: string } {
  const fitting = Math.floor(freeMemoryBytes / perWorkerBytes);
  const memory = `${gib(freeMemoryBytes)} of free memory at ${gib(perWorkerBytes)} each`;
  const machine = cores === 1 ? '1 core' : `${cores} cores`;
  if (fitting >= cores) return { workers: cores, why: `one per core (${machine})` };
  if (fitting >= 1) return { workers: fitting, why: `as many as fit into ${memory} (${machine})` };
  return { workers: 1, why: `only one, and it may not fit: ${memory}` };
}

function availableCores(): number {
  const limit = existsSync(CGROUP_CPU_LIMIT) ? readFileSync(CGROUP_CPU_LIMIT, 'utf8') : 'max';
  return Math.min(os.availableParallelism(), coresGranted(limit));
}

function availableMemory(): number {
  const left = process.constrainedMemory() - process.memoryUsage.rss();
  // Where there is no limit, Node says 0 or a number beyond any machine's memory.
  return left > 0 ? Math.min(os.freemem(), left) : os.freemem();
}

function gib(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
