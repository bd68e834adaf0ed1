import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeTaxiRides } from './rides/write-taxi-rides.js';
import { temporaryFolder } from './testing/temporary-folder.js';

/** The built package, because a child process runs it without a test runner. */
const BUILT = pathToFileURL(join(import.meta.dirname, '..', 'dist', 'index.js')).href;
const canMount =
  spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;
const why = canMount ? '' : ' (skipped: this machine mounts no tmpfs for a user)';

/** Prepares on disks of growing size, and tells what each left behind; then once more on the last, which is large enough. */
const FILL = `
  import { execFileSync } from 'node:child_process';
  import { readdirSync } from 'node:fs';
  const [built, train, disk, ...sizes] = process.argv.slice(1);
  const { openDataset, prepareTable, taxifareRecipe } = await import(built);
  const outcomes = [];
  for (const size of [...sizes, sizes.at(-1)]) {
    execFileSync('mount', ['-o', 'remount,size=' + size + 'k', disk]);
    const plan = { recipe: taxifareRecipe(), train, outDir: disk, shardRows: 1000, reader: 'duckdb' };
    const outcome = await prepareTable(plan).then(
      async ({ dir, cached }) => ({ cached, rows: (await openDataset(dir)).manifest.splits.train.rows }),
      ({ code, message }) => ({ code, message }),
    );
    outcomes.push({ ...outcome, left: readdirSync(disk).filter((name) => /taxifare|preparing/.test(name)) });
  }
  process.stdout.write(JSON.stringify(outcomes));
`;

interface Outcome {
  readonly code?: string;
  readonly message?: string;
  readonly cached?: boolean;
  readonly rows?: number;
  readonly left: readonly string[];
}

describe.runIf(canMount)(`a disk that fills${why}`, () => {
  it('while rows, shards or the manifest are written never leaves a dataset, whole or half', async () => {
    const train = join(temporaryFolder(), 'rides.csv');
    await writeTaxiRides(train, { rows: 20_000, seed: 1 });
    const disk = temporaryFolder();
    // 20,000 rows are 880 kB in the end, and a shard of them 44: from a disk that is full at once to one that is large enough.
    const sizes = ['16', '200', '600', '840', '880', '900', '920', '940', '960', '1000', '8000'];
    const script = 'mount -t tmpfs -o size=16k none "$0" && exec "$@"';
    const node = [process.execPath, '--input-type=module', '-e', FILL, BUILT, train, disk, ...sizes];
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['--user', '--map-root-user', '--mount', 'sh', '-c', script, disk, ...node],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    const outcomes = JSON.parse(stdout) as Outcome[];
    const failed = outcomes.filter(({ code }) => code !== undefined);
    expect(failed.length).toBeGreaterThanOrEqual(4);
    for (const { code, message, left } of failed) {
      expect(code).toBe('WRITE_FAILED');
      expect(message).toMatch(/ENOSPC.*Check free space/);
      expect(left).toEqual([]);
    }
    const [first, again] = outcomes.slice(-2);
    expect(first?.left).toEqual([expect.stringMatching(/^taxifare-/)]);
    expect(again).toEqual({ ...first, cached: true });
    expect(again!.rows).toBeGreaterThan(10_000);
  }, 120_000);
});
