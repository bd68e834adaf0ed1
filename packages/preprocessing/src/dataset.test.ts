import { once } from 'node:events';
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { openDataset } from './dataset.js';
import { prepareTable } from './prepare-table.js';
import { writeTaxiRides } from './rides/write-taxi-rides.js';
import { datasetBytes, loadShared, openShared, type SharedDataset } from './shared-dataset.js';
import { taxifareRecipe } from './taxi/taxifare-recipe.js';
import { temporaryFolder } from './testing/temporary-folder.js';

async function prepared(): Promise<string> {
  const dir = temporaryFolder();
  await writeTaxiRides(join(dir, 'rides.csv'), { rows: 500, seed: 1 });
  return (await prepareTable({ recipe: taxifareRecipe(), train: join(dir, 'rides.csv'), outDir: dir, shardRows: 100 }))
    .dir;
}

describe('dataset', () => {
  it('gives shards of the shape that the manifest says', async () => {
    const { manifest, readShard } = await openDataset(await prepared());
    expect(manifest.splits.train.shards.length).toBeGreaterThan(2);
    for (const [index, entry] of manifest.splits.train.shards.entries()) {
      const shard = await readShard('train', index);
      expect([shard.rows, shard.x.length, shard.y.length]).toEqual([entry.rows, entry.rows * 10, entry.rows]);
    }
  });

  it('refuses shards and folders that are not there', async () => {
    const { readShard } = await openDataset(await prepared());
    await expect(readShard('train', 99)).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(readShard('test', -1)).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(openDataset(temporaryFolder())).rejects.toMatchObject({ code: 'DATASET_NOT_FOUND' });
  });

  it.each(['manifest.json', 'train-00001.x.npy'])(
    'tells a %s that cannot be read from one that is gone',
    async (name) => {
      const dir = await prepared();
      rmSync(join(dir, name));
      const gone = name === 'manifest.json' ? 'DATASET_NOT_FOUND' : 'DATASET_DAMAGED';
      await expect(openDataset(dir)).rejects.toMatchObject({ code: gone });
      symlinkSync(name, join(dir, name));
      await expect(openDataset(dir)).rejects.toMatchObject({ code: 'FILE_UNREADABLE', cause: { code: 'ELOOP' } });
    },
  );

  it('in shared memory is the same dataset', async () => {
    const dir = await prepared();
    const [disk, shared] = [await openDataset(dir), openShared(await loadShared(dir, ['train', 'validation']))];
    expect(shared.manifest).toEqual(disk.manifest);
    expect(await shared.readShard('train', 1)).toEqual(await disk.readShard('train', 1));
    await expect(shared.readShard('test', 0)).rejects.toMatchObject({ code: 'BAD_OPTION' });
    expect(datasetBytes(disk.manifest, ['train'])).toBe(disk.manifest.splits.train.rows * 11 * 4);
  });

  it('in shared memory crosses to another thread without a copy', async () => {
    const shared = await loadShared(await prepared(), ['train']);
    const code = `const { parentPort, workerData } = require('node:worker_threads');
      const { y } = workerData.splits.train[0];
      y[0] = 123; // a shared array: the main thread sees it
      parentPort.postMessage({ isShared: y.buffer instanceof SharedArrayBuffer, rows: workerData.manifest.splits.train.rows });`;
    const worker = new Worker(code, { eval: true, workerData: shared satisfies SharedDataset });
    const [message] = (await once(worker, 'message')) as [unknown];
    await worker.terminate();
    expect(message).toEqual({ isShared: true, rows: shared.manifest.splits.train.rows });
    expect(shared.splits.train![0]!.y[0]).toBe(123);
  });
});
