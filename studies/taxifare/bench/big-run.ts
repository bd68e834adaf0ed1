/**
 * The taxi study on as many rides as the real file has: generates them, prepares them, trains the course's network on them
 * for an epoch with the code of `assay train`, scores the test rides, and prints what each stage took.
 * Build first, then: npx jiti studies/taxifare/bench/big-run.ts [rows] [--passes 1] [--dir .assay/big-run] [--clean]
 * Each stage is a process of its own. Killed at any point, the same command goes on: stages whose result is whole are
 * skipped, training continues from its last checkpoint, the others start again. Nothing is deleted but by --clean.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { reportText } from './big-run/report-text.js';
import { runStages, workOn } from './big-run/stage-process.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    passes: { type: 'string', default: '1' },
    dir: { type: 'string', default: '.assay/big-run' },
    clean: { type: 'boolean', default: false },
    stage: { type: 'string' }, // given by this script to the processes it starts
  },
});
const rows = wholeNumber(positionals[0] ?? '55000000', 'rows');
const run = { rows, passes: wholeNumber(values.passes, '--passes'), dir: path.resolve(values.dir, String(rows)) };

if (values.clean) rmSync(run.dir, { recursive: true, force: true });
else if (values.stage !== undefined) await workOn(run, values.stage);
else process.stdout.write(reportText(run, await runStages(run)));

function wholeNumber(text: string, name: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new Error(`${name} must be a whole number of at least 1, got '${text}'`);
}
