import { describe, expect, it } from 'vitest';
import type { Chunk } from './engine.js';
import { ReadAhead } from './read-ahead.js';

/** Shard i holds i rows; shard 9 cannot be read. */
function shardsWithLog() {
  const begun: number[] = [];
  const readShard = async (index: number): Promise<Chunk> => {
    begun.push(index);
    if (index === 9) throw new Error('shard 9 is gone');
    return { rows: index, x: new Float32Array(0), y: new Float32Array(index) };
  };
  return { begun, ahead: new ReadAhead(readShard) };
}

describe('reading ahead', () => {
  it('begins with the next shard while this one is in use', async () => {
    const { begun, ahead } = shardsWithLog();
    expect((await ahead.read(3, 5)).rows).toBe(3);
    expect(begun).toEqual([3, 5]);
    expect((await ahead.read(5, 1)).rows).toBe(5);
    expect(begun).toEqual([3, 5, 1]);
    expect((await ahead.read(1, null)).rows).toBe(1);
    expect(begun).toEqual([3, 5, 1]);
  });

  it('reads a shard once for several epochs on it', async () => {
    const { begun, ahead } = shardsWithLog();
    for (const next of [3, 3, 4]) expect((await ahead.read(3, next)).rows).toBe(3);
    expect((await ahead.read(4, null)).rows).toBe(4);
    expect(begun).toEqual([3, 4]);
  });

  it('reads another one than was foretold', async () => {
    const { begun, ahead } = shardsWithLog();
    await ahead.read(0, 1);
    expect((await ahead.read(2, null)).rows).toBe(2);
    expect(begun).toEqual([0, 1, 2]);
  });

  it('says what went wrong when the shard is wanted, not before', async () => {
    const { ahead } = shardsWithLog();
    expect((await ahead.read(8, 9)).rows).toBe(8);
    await expect(ahead.read(9, null)).rejects.toThrow('shard 9 is gone');
  });
});
