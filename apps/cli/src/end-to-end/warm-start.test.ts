import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assay, fixture, newFolder } from '../testing/assay-process.js';

const cwd = newFolder();
const run = (...args: string[]) => assay(['run', ...args, '--trials', '2', '--workers', '1', '--seed', '1'], { cwd });

/** A study file whose space, or direction, differs from that of `quick`. */
function study(name: string, space: string, more = ''): string {
  const file = path.join(cwd, `${name}.study.ts`);
  writeFileSync(
    file,
    `import { defineStudy, float, int, space } from 'assay';
     export default defineStudy({ name: '${name}', space: space(${space}), objective: () => 1, metric: 'loss', ${more} });`,
  );
  return file;
}

const LR = 'lr: float(1e-4, 1e-1, { log: true })';

beforeAll(async () => {
  await assay(['run', fixture('quick'), '--trials', '6', '--workers', '1', '--seed', '1'], { cwd });
}, 60_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe('assay run --warm-start', () => {
  it('says what was taken over, and the same command goes on later', async () => {
    const file = study('next', `{ ${LR}, layers: int(1, 3) }`);
    const first = await run(file, '--warm-start', 'quick');
    expect(first.code).toBe(0);
    expect(first.stderr).toMatch(/^warm start {2}6 trials of quick; known: lr; new: layers$/m);
    const again = await run(file, '--warm-start', 'quick');
    expect(again.stderr).toContain('warm start  6 trials of quick; known: lr; new: layers\n');
    expect(again.stderr).toContain('study next: resumed, 2 finished');
  });

  it('is refused for a study that is there without one', async () => {
    const refused = await run(fixture('quick'), '--warm-start', 'next');
    expect(refused).toMatchObject({ code: 3, stdout: '' });
    expect(refused.stderr).toContain(
      "--warm-start is for a new study, and 'quick' is there already: it was not warm started.",
    );
    expect(refused.stderr).toContain('--name <other name>');
  });

  it.each([
    { name: 'no such study', file: () => study('a', `{ ${LR} }`), from: 'nope', code: 3, says: 'it holds quick' },
    {
      name: 'another direction',
      file: () => study('b', `{ ${LR} }`, "direction: 'maximize'"),
      ...{ from: 'quick', code: 2, says: 'minimize loss, this one is to maximize loss' },
    },
    {
      name: 'nothing in common',
      file: () => study('c', '{ rate: float(0, 1) }'),
      ...{ from: 'quick', code: 2, says: "study 'quick' has no parameter in common with this study" },
    },
  ])('refuses $name', async ({ file, from, code, says }) => {
    const refused = await run(file(), '--warm-start', from);
    expect(refused).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(says) as string });
    expect(refused.stderr).not.toContain('    at ');
  });

  it('leaves no study behind where it is refused', async () => {
    const { stdout } = await assay(['studies', '--json'], { cwd });
    expect((JSON.parse(stdout) as { study: string }[]).map(({ study }) => study)).toEqual(['quick', 'next']);
  });
});
