import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generateTaxiRides } from '@assay/preprocessing';
import { requireTaxifare } from '../dataset-name.js';
import { countValue, positiveInteger } from '../option-values.js';

/** `assay data generate taxifare --rows N --seed S --out file.csv` */
export async function dataGenerate(
  dataset: string,
  options: { readonly rows: string; readonly seed: string; readonly out: string },
): Promise<void> {
  requireTaxifare(dataset);
  const rows = positiveInteger(options.rows, '--rows');
  const rides = Readable.from(generateTaxiRides({ rows, seed: countValue(options.seed, '--seed') }));
  if (options.out === '-') {
    await pipeline(rides, process.stdout, { end: false });
    return;
  }
  await mkdir(path.dirname(path.resolve(options.out)), { recursive: true });
  await pipeline(rides, createWriteStream(options.out));
  process.stderr.write(`${options.out}: ${rows.toLocaleString('en')} generated rides\n`);
}
