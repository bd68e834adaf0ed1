import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { checkpointKey, readCheckpoint, writeCheckpoint } from './checkpoint-file.js';
import type { FitCheckpoint } from './fit-progress.js';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'assay-checkpoint-'));
  const made = dir;
  onTestFinished(() => rm(made, { recursive: true }));
});

const checkpoint: FitCheckpoint = {
  state: {
    step: 12,
    weights: new Float32Array([1, -2.5, 3]),
    statistics: new Float32Array([0.25]),
    slots: [new Float32Array([4, 5, 6]), new Float32Array([7, 8, 9])],
  },
  history: [
    { step: 1, value: 2.5 },
    { step: 2, value: 2.75 },
  ],
  best: {
    step: 1,
    value: 2.5,
    weights: { weights: new Float32Array([10, 11, 12]), statistics: new Float32Array([13]) },
  },
};

describe('a checkpoint file', () => {
  it('gives back what was written, and nothing under another key', async () => {
    const file = join(dir, 'new folder', 'checkpoint');
    await writeCheckpoint(file, 'a', checkpoint);
    expect(await readCheckpoint(file, 'a')).toEqual(checkpoint);
    expect(await readCheckpoint(file, undefined)).toEqual(checkpoint);
    expect(await readCheckpoint(file, 'b')).toBeNull();
    expect(await readdir(join(dir, 'new folder'))).toEqual(['checkpoint']);
  });

  it('is null where there is none', async () => {
    expect(await readCheckpoint(join(dir, 'none'), 'a')).toBeNull();
  });

  it('keeps any arrays to the bit, whatever their number', async () => {
    const array = fc.float32Array({ maxLength: 5, noNaN: true });
    const state = fc.record({
      step: fc.nat(),
      weights: array,
      statistics: array,
      slots: fc.array(array, { maxLength: 3 }),
    });
    const best = fc.record({
      step: fc.nat(),
      value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
      weights: fc.record({ weights: array, statistics: array }),
    });
    await fc.assert(
      fc.asyncProperty(state, fc.option(best), async (made, kept) => {
        const file = join(dir, 'any');
        await writeCheckpoint(file, 'k', { state: made, history: [], best: kept });
        expect(await readCheckpoint(file, 'k')).toEqual({ state: made, history: [], best: kept });
      }),
      { numRuns: 50 },
    );
  });
});

describe('a damaged file is refused with the way out', () => {
  it.each([
    {
      name: 'other content',
      damage: (file: string) => writeFile(file, 'key,fare_amount,pickup\n'),
      says: 'no training checkpoint',
    },
    { name: 'an empty file', damage: (file: string) => writeFile(file, ''), says: 'no training checkpoint' },
    {
      name: 'bytes too many',
      damage: (file: string) => appendFile(file, 'x'),
      says: '57 bytes of numbers instead of 56',
    },
    {
      name: 'another format',
      damage: async (file: string) => {
        const bytes = await readFile(file);
        bytes.writeUInt32LE(9, 8);
        await writeFile(file, bytes);
      },
      says: 'it has format 9',
    },
  ])('$name', async ({ damage, says }) => {
    const file = join(dir, 'checkpoint');
    await writeCheckpoint(file, 'a', checkpoint);
    await damage(file);
    await expect(readCheckpoint(file, 'a')).rejects.toMatchObject({
      code: 'BAD_STATE',
      message: expect.stringContaining(says),
    });
    await expect(readCheckpoint(file, 'a')).rejects.toThrow('Delete it; training then starts over.');
  });
});

it('keys differ with every part', () => {
  const parts = { model: 'm', seed: 1 };
  expect(checkpointKey(parts)).toBe(checkpointKey({ model: 'm', seed: 1 }));
  expect(checkpointKey(parts)).not.toBe(checkpointKey({ model: 'm', seed: 2 }));
});
