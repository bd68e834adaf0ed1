import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type PrepareContext, type TableSources, writeTaxiRides } from 'assay';

const REAL = { train: 'taxifare/train_50k.csv.gz', validation: 'taxifare/val_10k.csv.gz' } as const;

/** What `assay data download` fetches into the cache folder; the largest that is there is taken. */
const DOWNLOADED = { folder: 'data/taxifare', sizes: ['500k', '100k', '10k', '1k'] } as const;

/** As many rides as the real files hold, from seeds of their own, so that no ride is in both files. */
const GENERATED = {
  train: { rows: 50_000, seed: 1, file: 'taxifare-generated-50k-seed1.csv' },
  validation: { rows: 10_000, seed: 2, file: 'taxifare-generated-10k-seed2.csv' },
} as const;

/** Real rides where the machine has them, in `ASSAY_DATA` or downloaded; otherwise generated ones. */
export async function taxiSources({ dataDir, cacheDir, signal }: PrepareContext): Promise<TableSources> {
  if (dataDir !== null) {
    const files = { train: path.join(dataDir, REAL.train), validation: path.join(dataDir, REAL.validation) };
    if (existsSync(files.train) && existsSync(files.validation)) {
      return { train: [files.train], validation: [files.validation], description: 'real rides (train_50k, val_10k)' };
    }
  }
  const downloaded = downloadedRides(path.join(cacheDir, DOWNLOADED.folder));
  if (downloaded !== null) return downloaded;
  const train = await generated(cacheDir, GENERATED.train, signal);
  const validation = await generated(cacheDir, GENERATED.validation, signal);
  const why = dataDir === null ? 'ASSAY_DATA is not set' : `${dataDir} has no ${REAL.train} and ${REAL.validation}`;
  return { train: [train], validation: [validation], description: `50,000 + 10,000 generated rides (${why})` };
}

function downloadedRides(folder: string): TableSources | null {
  for (const size of DOWNLOADED.sizes) {
    const train = path.join(folder, `train_${size}.csv`);
    const validation = path.join(folder, `val_${size}.csv`);
    if (!existsSync(train) || !existsSync(validation)) continue;
    return { train: [train], validation: [validation], description: `downloaded rides (train_${size}, val_${size})` };
  }
  return null;
}

async function generated(
  folder: string,
  rides: { readonly rows: number; readonly seed: number; readonly file: string },
  signal: AbortSignal,
): Promise<string> {
  const file = path.join(folder, rides.file);
  if (existsSync(file)) return file;
  await mkdir(folder, { recursive: true });
  await writeTaxiRides(file, { ...rides, signal });
  return file;
}
