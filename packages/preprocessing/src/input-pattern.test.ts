import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { matchingFiles } from './input-pattern.js';
import { temporaryFolder } from './testing/temporary-folder.js';

function folderOf(...files: readonly string[]): string {
  const folder = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

describe('file patterns', () => {
  it.each([
    { pattern: '*.csv', found: ['2016-02.csv', '2016-10.csv', 'a+b.csv'] },
    { pattern: '2016-?2.csv', found: ['2016-02.csv'] },
    { pattern: '*+*.csv', found: ['a+b.csv'] },
    { pattern: '*/x.csv', found: ['jan/x.csv'] },
    { pattern: 'jan/*', found: ['jan/x.csv', 'jan/y.gz'] },
    { pattern: 'j*n/*.gz', found: ['jan/y.gz'] },
    { pattern: 'no/such.csv', found: ['no/such.csv'] },
  ])('$pattern', async ({ pattern, found }) => {
    const folder = folderOf('2016-10.csv', '2016-02.csv', 'a+b.csv', '.hidden.csv', 'jan/x.csv', 'jan/y.gz');
    expect(await matchingFiles(join(folder, pattern))).toEqual(found.map((file) => join(folder, file)));
  });

  it('refuses a pattern that nothing matches, and leaves addresses alone', async () => {
    await expect(matchingFiles(join(folderOf('a.csv'), '*.parquet'))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: expect.stringContaining('no file matches') as string,
    });
    expect(await matchingFiles('s3://bucket/*.csv')).toEqual(['s3://bucket/*.csv']);
  });
});
