import { existsSync } from 'node:fs';
import { join } from 'node:path';

const DATA = process.env.ASSAY_DATA;

/** Whether the real data are here, and what a skipped test says if not. */
export const hasTaxiData = DATA !== undefined && existsSync(join(DATA, 'taxifare', 'train_1k.csv'));
export const whenTaxiData = hasTaxiData ? '' : ' (skipped: ASSAY_DATA names no folder with taxifare/train_1k.csv)';

/** Path of a file of the real data. */
export function assayData(folder: string, name: string): string {
  return join(DATA ?? '', folder, name);
}

/** Path of a file of the real taxi data. */
export function taxiData(name: string): string {
  return assayData('taxifare', name);
}
