import { expect, it } from 'vitest';
import { coresGranted, defaultWorkers } from './default-workers.js';

const GIB = 2 ** 30;

it.each([
  { cores: 4, free: 8, each: 1, workers: 4, why: 'one per core (4 cores)' },
  { cores: 1, free: 8, each: 1, workers: 1, why: 'one per core (1 core)' },
  { cores: 4, free: 4, each: 1, workers: 4, why: 'one per core (4 cores)' },
  {
    cores: 8,
    free: 3.5,
    each: 1,
    workers: 3,
    why: 'as many as fit into 3.5 GiB of free memory at 1.0 GiB each (8 cores)',
  },
  {
    cores: 2,
    free: 0.5,
    each: 1,
    workers: 1,
    why: 'only one, and it may not fit: 0.5 GiB of free memory at 1.0 GiB each',
  },
])('$cores cores, $free GiB free, $each GiB each: $workers workers', ({ cores, free, each, workers, why }) => {
  const resources = { cores, freeMemoryBytes: free * GIB, perWorkerBytes: each * GIB };
  expect(defaultWorkers(resources)).toEqual({ workers, why });
});

it('asks the machine for what it is not told', () => {
  const { workers } = defaultWorkers({ perWorkerBytes: 1 });
  expect(Number.isSafeInteger(workers) && workers >= 1).toBe(true);
  expect(defaultWorkers({ perWorkerBytes: Number.MAX_SAFE_INTEGER }).workers).toBe(1);
});

it.each([
  ['max 100000', Number.POSITIVE_INFINITY],
  ['max', Number.POSITIVE_INFINITY],
  ['200000 100000\n', 2],
  ['150000 100000\n', 1],
  ['50000 100000', 1],
  ['800000 50000', 16],
])('cpu.max %j grants %d cores', (cpuMax, cores) => {
  expect(coresGranted(cpuMax)).toBe(cores);
});
