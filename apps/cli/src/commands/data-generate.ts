import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { generateTaxiRides, type RideOptions, writeTaxiRides } from '@assay/preprocessing';
import { CliError } from '../cli-error.js';
import { requireTaxifare } from '../dataset-name.js';
import { countValue, positiveInteger } from '../option-values.js';
import { print } from '../output.js';
import { progressLine } from '../progress-line.js';

interface GenerateOptions {
  readonly rows: string;
  readonly seed: string;
  readonly out?: string;
}

/** `assay data generate taxifare --rows N --seed S --out file.csv` */
export async function dataGenerate(dataset: string, { rows, seed, out }: GenerateOptions): Promise<void> {
  requireTaxifare(dataset);
  const rides = { rows: positiveInteger(rows, '--rows'), seed: countValue(seed, '--seed') };
  if (out === '-') {
    for (const piece of generateTaxiRides(rides)) await print(piece);
    return;
  }
  if (out !== undefined && existsSync(out))
    throw new CliError('BAD_OPTION', `${out} is there already.`, 'Take another name: --out <file>');
  const file = out ?? `taxifare-${rides.rows}-seed${rides.seed}.csv`;
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const startedMs = performance.now();
  await writeUnlessInterrupted(file, rides);
  const seconds = (performance.now() - startedMs) / 1000;
  const rate = Math.round(rides.rows / seconds).toLocaleString('en');
  process.stderr.write(`${file}: ${rides.rows.toLocaleString('en')} generated rides (${rate} rows/s)\n`);
}

/** With a progress bar on a terminal. @throws {CliError} `INTERRUPTED` */
async function writeUnlessInterrupted(file: string, rides: RideOptions): Promise<void> {
  const line = progressLine(process.stderr);
  const abort = new AbortController();
  const onInterrupt = (): void => abort.abort(new CliError('INTERRUPTED', `Interrupted: ${file} was not written.`));
  process.once('SIGINT', onInterrupt);
  const onRows = (done: number): void =>
    line.show({ stage: 'generating', done, total: rides.rows, detail: `${done.toLocaleString('en')} rows` });
  try {
    await writeTaxiRides(file, { ...rides, signal: abort.signal, onRows });
  } finally {
    process.off('SIGINT', onInterrupt);
    line.clear();
  }
}
