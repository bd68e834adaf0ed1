import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generatedFile, type PrepareContext, type TableSources } from 'assay';
import { generateTrips, type TripFile } from './generate-trips.js';

const REAL = {
  train: 'green_tripdata/green_tripdata_2021-01.csv.gz',
  validation: 'green_tripdata/green_tripdata_2021-02.csv.gz',
} as const;

/** About as many trips as the real months hold. */
const GENERATED = {
  train: { year: 2021, month: 1, rows: 70_000, seed: 1 },
  validation: { year: 2021, month: 2, rows: 60_000, seed: 2 },
} as const;

/** Real months where the machine has them in `ASSAY_DATA`; otherwise generated ones. */
export async function tripSources({ dataDir, cacheDir }: PrepareContext): Promise<TableSources> {
  if (dataDir !== null) {
    const files = { train: path.join(dataDir, REAL.train), validation: path.join(dataDir, REAL.validation) };
    if (existsSync(files.train) && existsSync(files.validation)) {
      return { train: [files.train], validation: [files.validation], description: 'real trips (2021-01, 2021-02)' };
    }
  }
  const train = await generated(cacheDir, GENERATED.train);
  const validation = await generated(cacheDir, GENERATED.validation);
  const why = dataDir === null ? 'ASSAY_DATA is not set' : `${dataDir} has no ${REAL.train} and ${REAL.validation}`;
  return { train: [train], validation: [validation], description: `70,000 + 60,000 generated trips (${why})` };
}

function generated(folder: string, month: TripFile): Promise<string> {
  const file = path.join(folder, `green-taxi-generated-${month.rows / 1000}k-seed${month.seed}.csv`);
  return generatedFile(file, (part) => writeFile(part, generateTrips(month)));
}
