import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assay, temporaryFolder } from '../testing/assay-process.js';

/** A folder with a table of 300 rows: y = 2x + noise, a leak, a zone and a column of nothing. */
function folderWithTable(): string {
  const cwd = temporaryFolder();
  const lines = Array.from({ length: 300 }, (_, row) => {
    const x = ((row * 997) % 1009) / 8;
    const y = 2 * x + ((row * 37) % 50);
    return `${x},${y + 1},zone ${row % 7},,${y}`;
  });
  mkdirSync(cwd, { recursive: true });
  writeFileSync(path.join(cwd, 'table.csv'), `x,leak,zone,nothing,y\n${lines.join('\n')}\n`);
  return cwd;
}

describe('assay data inspect', () => {
  it('shows columns, label and what to look at', async () => {
    const { code, stdout, stderr } = await assay(['data', 'inspect', 'table.csv', '--label', 'y'], {
      cwd: folderWithTable(),
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('table.csv (table)\n300 rows, 0 exact duplicates, 0 malformed\n');
    expect(stdout).toMatch(/^zone +text +7 +zone 0 \(14 %\)$/m);
    expect(stdout).toMatch(/^label y: mean [\d.]+, standard deviation [\d.]+$/m);
    expect(stdout).toContain('look at:\n  leak: follows the label (correlation 1.000)');
    expect(stdout).toContain('  nothing: every cell is empty\n');
  });

  it('--json gives the same as data', async () => {
    const { stdout } = await assay(['data', 'inspect', 'table.csv', '--label', 'y', '--json'], {
      cwd: folderWithTable(),
    });
    expect(JSON.parse(stdout)).toMatchObject([
      {
        files: ['table.csv'],
        rows: 300,
        columns: [
          { name: 'x' },
          { name: 'leak' },
          { name: 'zone', distinct: 7, top: expect.arrayContaining([{ text: 'zone 0', rows: 43 }]) },
          {},
          {},
        ],
        warnings: [
          { column: 'leak', kind: 'leakage' },
          { column: 'nothing', kind: 'empty' },
        ],
      },
    ]);
  });

  it.each([
    { name: 'a label that is no column', args: ['table.csv', '--label', 'yy'], says: 'Did you mean y?' },
    { name: 'a file that is not there', args: ['tabel.csv'], says: 'tabel.csv: no such file' },
    { name: 'a pattern without a file', args: ['tabel-*.csv'], says: 'tabel-*.csv: no file matches' },
  ])('refuses $name', async ({ args, says }) => {
    const { code, stdout, stderr } = await assay(['data', 'inspect', ...args], { cwd: folderWithTable() });
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: expect.stringContaining(says) });
    expect([2, 3]).toContain(code);
  });
});

it('several files are looked at, and suggested, as one table', async () => {
  const cwd = folderWithTable();
  writeFileSync(path.join(cwd, 'table-2.csv'), 'x,zone,y\n1.5,zone 9,2\n2.5,zone 9,4\n');
  const { stdout } = await assay(['data', 'inspect', 'table*.csv'], { cwd });
  expect(stdout).toMatch(/^\S*table-2\.csv and another file \(table\)\n302 rows/);
  const suggested = await assay(['data', 'suggest', 'table*.csv', '--label', 'y'], { cwd });
  expect(suggested.stdout).toContain("sources: tableFiles({ train: 'table*.csv' })");
});

describe('assay data suggest', () => {
  it('writes a study that runs as it stands, and never over another file', async () => {
    const cwd = folderWithTable();
    const suggest = () => assay(['data', 'suggest', 'table.csv', '--label', 'y', '--out', 'first.study.ts'], { cwd });
    expect(await suggest()).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('assay run ./first.study.ts'),
    });
    const { code, stderr } = await assay(['run', './first.study.ts', '--trials', '2', '--workers', '1', '--plain'], {
      cwd,
    });
    expect([code, stderr]).toEqual([0, expect.stringContaining('first: 2 complete, 0 pruned, 0 failed')]);
    expect(await suggest()).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('first.study.ts is there already'),
    });
  });

  it('refuses a label without numbers, and warns of one that never changes', async () => {
    const cwd = folderWithTable();
    const suggest = (label: string) =>
      assay(['data', 'suggest', 'table.csv', '--label', label, '--out', 'a.study.ts'], { cwd });
    expect(await suggest('zone')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the column zone holds no numbers'),
    });
    writeFileSync(
      path.join(cwd, 'table.csv'),
      `x,y\n${Array.from({ length: 200 }, (_, row) => `${row % 7},3\n`).join('')}`,
    );
    expect(await suggest('y')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('y: the label never changes'),
    });
  });
});
