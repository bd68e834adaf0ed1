import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { SAMPLER_NAMES } from '@assay/sampler';
import { describe, expect, it } from 'vitest';
import { assay, fixture, temporaryFolder } from '../testing/assay-process.js';

const quick = fixture('quick');

/** Every refusal is a few lines on stderr: what was got, what is allowed; no stack, nothing on stdout. */
describe.concurrent('refusals', () => {
  it.for(
    [
      { args: ['run', quick, '--sampler', 'foo'], code: 2, says: ['"foo"', SAMPLER_NAMES.join(', ')] },
      { args: ['run', quick, '--sampler', 'tpe:foo=1'], code: 2, says: ["no option 'foo'", 'startup'] },
      { args: ['run', quick, '--sampler', 'grid'], code: 2, says: ["'lr'", 'no grid'] },
      { args: ['run', quick, '--pruner', 'foo'], code: 2, says: ['"foo"', 'median, percentile, asha, hyperband'] },
      { args: ['run', quick, '--engine', 'foo'], code: 2, says: ["'foo'", 'auto, onnx, tfjs'] },
      { args: ['run', quick, '--frob'], code: 2, says: ["'--frob'", 'assay run --help'] },
      { args: ['run', quick, '--trials', '1.5'], code: 2, says: ['--trials must be a whole number', "'1.5'"] },
      { args: ['run', quick, '--workers', '0'], code: 2, says: ['--workers', 'at least 1'] },
      { args: ['run', quick, '--timeout', '5'], code: 2, says: ['--timeout', "'5'", '90s, 10m'] },
      { args: ['run', quick, '--repeats', '0'], code: 2, says: ['--repeats', 'at least 1'] },
      { args: ['run', quick, '--max-retries', '-1'], code: 2, says: ['--max-retries', 'at least 0'] },
      { args: ['worker'], code: 3, says: ['does not exist'] },
      { args: ['worker', 'nope', '--grace', '5'], code: 2, says: ['--grace', "'5'"] },
      { args: ['run', quick, '--prune-metric', 'mae'], code: 2, says: ["'mae'", 'one of loss'] },
      { args: ['run', quick, '--warm-start', 'nope'], code: 3, says: ["No study 'nope'", 'it holds no studies'] },
      { args: ['run', quick, '--max-bad', '2'], code: 2, says: ['--max-bad', 'from 0 to 1'] },
      { args: ['run', quick, '--json', 'xml', 'two'], code: 2, says: ['too many arguments'] },
      { args: ['run', quick, '--json=xml'], code: 2, says: ["'xml'", 'ndjson'] },
      {
        args: ['run', quick, '--store', 'mysql://user:secret@host/db'],
        code: 2,
        says: ['user:***@host', 'ends in .db'],
      },
      { args: ['run'], code: 2, says: ["missing required argument 'study'", 'assay run --help'] },
      { args: ['frob'], code: 2, says: ["unknown command 'frob'", 'assay --help'] },
      { args: ['run', 'nope'], code: 3, says: ["No study 'nope'", 'taxifare'] },
      { args: ['best', 'nope'], code: 3, says: ['.assay/assay.db does not exist', 'run a study first'] },
      { args: ['trials', 'nope'], code: 3, says: ['does not exist'] },
      { args: ['studies'], code: 3, says: ['does not exist'] },
      { args: ['watch', '--plain'], code: 3, says: ['does not exist'] },
      { args: ['confirm', 'nope'], code: 3, says: ['does not exist'] },
      { args: ['confirm', 'nope', '--top', '0'], code: 2, says: ['--top', 'at least 1'] },
      { args: ['confirm', 'nope', '--repeats', 'x'], code: 2, says: ['--repeats', "'x'"] },
      { args: ['train', 'nope@best'], code: 3, says: ['does not exist'] },
      { args: ['best', 'nope@first'], code: 2, says: ["'nope@first' names no trial", 'study@17'] },
      { args: ['best', 'nope', '--format', 'xml'], code: 2, says: ["'xml'", 'table, json, yaml, env, args'] },
      { args: ['trials', 'nope', '--limit', '-1'], code: 2, says: ['--limit', "'-1'"] },
      { args: ['data', 'prepare', quick], code: 2, says: ["'quick' has an objective of its own", 'assay best quick'] },
      { args: ['data', 'generate', 'foo', '--rows', '3', '--out', '-'], code: 2, says: ["'foo'", 'taxifare'] },
      { args: ['data', 'generate', 'taxifare', '--out', '-'], code: 2, says: ['--rows'] },
      { args: ['data', 'download', 'taxifare', '--size', '7k'], code: 2, says: ["'7k'", '1k, 10k, 100k, 500k'] },
      { args: ['predict', 'nowhere', '--input', '-'], code: 2, says: ['nowhere is no model folder', 'assay train'] },
    ].map((refusal) => ({ ...refusal, name: refusal.args.join(' ').replace(quick, 'quick.study.ts') })),
  )('assay $name', async ({ args, code, says }, { onTestFinished }) => {
    const result = await assay(args, { cwd: temporaryFolder(onTestFinished) });
    for (const text of says) expect(result.stderr).toContain(text);
    expect(result).toMatchObject({ code, stdout: '' });
    expect(result.stderr).not.toContain('    at ');
  });

  it.for([
    { name: 'syntax', source: 'const = 1;', says: /broken\.study\.ts:1:/ },
    { name: 'import', source: "import 'no-such-package';", says: /Cannot find (module|package) 'no-such-package'/ },
    { name: 'throw', source: "throw new Error('not today');", says: /not today/ },
    { name: 'no default export', source: 'export const x = 1;', says: /must default-export defineStudy/ },
    { name: 'no study', source: 'export default 3;', says: /its default export is 3/ },
    {
      name: 'a space that describes nothing',
      source: "import { float, space } from 'assay'; export default space({ x: float(1, 0) });",
      says: /'x': low must not be above high, got 1 and 0/,
    },
  ])('a broken study file: $name', async ({ source, says }, { onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    writeFileSync(path.join(cwd, 'broken.study.ts'), source);
    const result = await assay(['run', 'broken.study.ts'], { cwd });
    expect(result.stderr).toMatch(says);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).not.toContain('    at ');
  });

  it('names the studies and the trials that there are', async ({ onTestFinished }) => {
    const cwd = temporaryFolder(onTestFinished);
    await assay(['run', quick, '--trials', '1'], { cwd });
    const study = await assay(['best', 'quik'], { cwd });
    expect(study).toMatchObject({ code: 3, stderr: expect.stringContaining('it holds quick') as string });
    const trial = await assay(['best', 'quick@7'], { cwd });
    expect(trial).toMatchObject({ code: 3, stderr: expect.stringContaining('has no trial 7; it has 1') as string });
    const train = await assay(['train', 'quick@best'], { cwd });
    expect(train).toMatchObject({ code: 2, stderr: expect.stringContaining('objective of its own') as string });
  });
});
