import { cpus } from 'node:os';
import type { BigRun, Results, StageLine } from './stages.js';

/** The tables, in Markdown: they go into a README as they are. */
export function reportText(run: BigRun, { generate, prepare, train, yardsticks }: Results): string {
  const lines = [...generate.lines, ...prepare.lines, ...train.lines];
  const network = `the course's network, ${run.passes === 1 ? 'one epoch' : `${run.passes} epochs`} (${train.engine})`;
  const errors = [...Object.entries(yardsticks.errors), [network, train.test] as const];
  return [
    `${count(run.rows)} generated rides; ${cpus().length} cores of ${cpus()[0]?.model.trim()}, Node ${process.version}`,
    '',
    '| stage | rows | seconds | rows/s | processor seconds | peak memory of its process | on disk |',
    '|---|---|---|---|---|---|---|',
    ...lines.map(stageRow),
    '',
    ...(train.isResumed ? ['Training went on from a checkpoint; its seconds are those since then.', ''] : []),
    '| on the test rows | MAE | RMSE |',
    '|---|---|---|',
    ...errors.map(([name, { mae, rmse }]) => `| ${name} | ${mae.toFixed(3)} | ${rmse.toFixed(3)} |`),
    '',
    `Standard error of the network's MAE: ${train.test.maeStandardError.toFixed(4)}`,
    '',
  ].join('\n');
}

function stageRow({ name, rows, seconds, cpuSeconds, peakBytes, diskBytes }: StageLine): string {
  const cells = [
    name,
    count(rows),
    seconds.toFixed(1),
    count(Math.round(rows / seconds)),
    cpuSeconds.toFixed(1),
    `${Math.round(peakBytes / 1e6)} MB`,
    diskBytes === null ? '' : `${count(Math.ceil(diskBytes / 1e6))} MB`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const count = (rows: number): string => rows.toLocaleString('en');
