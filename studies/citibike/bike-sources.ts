import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generatedFile, type PrepareContext, type TableSources } from 'assay';
import { type BikeFile, generateBikeTrips } from './generate-bike-trips.js';

/** A month of Jersey City's trips, by its year. */
const MONTH = /^JC-(\d{4})\d\d-citibike-tripdata\.csv\.gz$/;

const GENERATED = {
  train: { from: '2016-01-01', until: '2019-01-01', rows: 120_000, seed: 1 },
  validation: { from: '2020-01-01', until: '2021-01-01', rows: 20_000, seed: 2 },
} as const;

/** Real months where the machine has them in `ASSAY_DATA`: training to 2019, the rest later. Otherwise generated trips. */
export async function bikeSources({ dataDir, cacheDir }: PrepareContext): Promise<TableSources> {
  const real = dataDir === null ? null : await realMonths(path.join(dataDir, 'citibike'));
  if (real !== null) return real;
  const train = await generated(cacheDir, GENERATED.train);
  const validation = await generated(cacheDir, GENERATED.validation);
  const why = dataDir === null ? 'ASSAY_DATA is not set' : `${dataDir} has no citibike months before and from 2020`;
  return { train: [train], validation: [validation], description: `120,000 + 20,000 generated trips (${why})` };
}

async function realMonths(folder: string): Promise<TableSources | null> {
  const names = existsSync(folder) ? (await readdir(folder)).sort() : [];
  const monthsOf = (isWanted: (year: number) => boolean) =>
    names.filter((name) => isWanted(Number(MONTH.exec(name)?.[1]))).map((name) => path.join(folder, name));
  const train = monthsOf((year) => year <= 2019);
  const validation = monthsOf((year) => year >= 2020);
  if (train.length === 0 || validation.length === 0) return null;
  const description = `real trips (${train.length} months to 2019, ${validation.length} from 2020)`;
  return { train, validation, description };
}

function generated(folder: string, trips: BikeFile): Promise<string> {
  const file = path.join(folder, `citibike-generated-${trips.rows / 1000}k-seed${trips.seed}.csv`);
  return generatedFile(file, (part) => writeFile(part, generateBikeTrips(trips)));
}
