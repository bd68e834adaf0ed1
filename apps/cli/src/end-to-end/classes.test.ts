import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { assay, temporaryFolder } from '../testing/assay-process.js';

const STUDY = `import { defineTableStudy, recipe, tableFiles, tabularClassifier } from 'assay';
  export default defineTableStudy({
  name: 'thirds',
  recipe: recipe({ name: 'thirds', columns: { x: 'number', y: 'integer' }, label: 'y', features: { x: 'x' } }),
  sources: tableFiles({ train: 'thirds.csv' }),
  ...tabularClassifier(3),
});
`;

/** 4001 and 997 are primes: x takes 4001 values in no order, and y says in which third of their range it lies. */
function thirds(): string {
  const lines = Array.from({ length: 4001 }, (_, row) => {
    const at = (row * 997) % 4001;
    return `${at / 2000 - 1},${Math.floor((3 * at) / 4001)}\n`;
  });
  return `x,y\n${lines.join('')}`;
}

it('classes are told apart: trials, final model, slices, and a class with its probabilities for each row', async () => {
  const cwd = temporaryFolder();
  const run = (...args: string[]) => assay(args, { cwd });
  writeFileSync(path.join(cwd, 'thirds.csv'), thirds());
  writeFileSync(path.join(cwd, 'my.study.ts'), STUDY);
  const trials = await run('run', './my.study.ts', '--trials', '1', '--workers', '1', '--plain');
  expect([trials.code, trials.stderr]).toEqual([0, expect.stringContaining('best: logLoss')]);

  const { stdout } = await run('train', 'thirds@best', '--json');
  const { model, test } = JSON.parse(stdout) as { model: string; test: { accuracy: number } };
  expect(test.accuracy).toBeGreaterThan(0.8); // one of three by chance
  const slices = await run('evaluate', model, '--by', 'y');
  expect(slices.stdout).toMatch(/^y +count +log loss +standard error +accuracy$/m);

  writeFileSync(path.join(cwd, 'rows.csv'), 'x\n-0.9\nfar\n0.9\n');
  const [header, low, refused, high] = (await run('predict', model, '--input', 'rows.csv')).stdout.split('\n');
  expect(header).toBe('prediction,probability_0,probability_1,probability_2,reason');
  expect([low?.[0], refused, high?.[0]]).toEqual(['0', ',,,,"x: ""far"" is no number"', '2']);
  const [, ...probabilities] = low!.split(',').slice(0, 4).map(Number);
  expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 5);
});
