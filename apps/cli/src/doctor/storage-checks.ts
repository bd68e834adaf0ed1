import { constants } from 'node:fs';
import { access, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorCode } from '../exit-code.js';
import { type Check, reasonOf } from './check.js';

/** Makes a store in a folder of its own, which takes better-sqlite3's native library. */
export async function checkSqlite(): Promise<Check> {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-doctor-'));
  try {
    const { openStore } = await import('@assay/store');
    const store = await openStore(path.join(folder, 'doctor.db'));
    await store.close();
    return { name: 'sqlite', state: 'ok', required: true, detail: 'better-sqlite3 loads and writes' };
  } catch (error) {
    const detail = `${reasonOf(error)}; install the dependencies again, with a C++ compiler on the path`;
    return { name: 'sqlite', state: 'broken', required: true, detail };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Opens the store where there is one; otherwise sees whether one could be made there.
 * @param url as `--store` takes it; undefined for the default
 */
export async function checkStore(url: string | undefined): Promise<Check> {
  try {
    return { name: 'store', state: 'ok', required: true, detail: await describeStore(url) };
  } catch (error) {
    const detail = `${reasonOf(error)}; name another with ASSAY_STORE or --store`;
    return { name: 'store', state: 'broken', required: true, detail };
  }
}

async function describeStore(named: string | undefined): Promise<string> {
  const { DEFAULT_STORE, maskUrl, openStore, storeLocation } = await import('@assay/store');
  const url = named ?? DEFAULT_STORE;
  const location = storeLocation(url);
  try {
    const store = await openStore(url, { mustExist: true });
    const studies = await store.listStudies();
    await store.close();
    if (location.kind === 'sqlite') await access(location.path, constants.W_OK);
    return `${maskUrl(url)}: ${studies.length === 1 ? '1 study' : `${studies.length} studies`}`;
  } catch (error) {
    if (errorCode(error) !== 'STORE_NOT_FOUND') throw error;
    if (location.kind === 'sqlite') {
      // Only the default store's own folder is made when it is missing.
      const folder = path.dirname(path.resolve(location.path));
      await access(url === DEFAULT_STORE ? await nearestFolder(folder) : folder, constants.W_OK);
    }
    return `${maskUrl(url)}: none yet, and it can be made`;
  }
}

/** Real rows that the built-in studies look for: files, or a folder of them. */
const REAL_ROWS = {
  taxifare: ['taxifare/train_50k.csv.gz', 'taxifare/val_10k.csv.gz'],
  'green-taxi': ['green_tripdata/green_tripdata_2021-01.csv.gz', 'green_tripdata/green_tripdata_2021-02.csv.gz'],
  citibike: ['citibike'],
} as const;

/** @param folder `ASSAY_DATA`, where it is set */
export async function checkData(folder: string | undefined): Promise<Check> {
  const name = 'data';
  if (folder === undefined || folder === '') {
    return {
      name,
      state: 'missing',
      required: false,
      detail: 'ASSAY_DATA is not set: the studies make their own rows',
    };
  }
  if (!(await exists(folder))) {
    return { name, state: 'broken', required: false, detail: `ASSAY_DATA names ${folder}, which is not there` };
  }
  const studies = await Promise.all(
    Object.entries(REAL_ROWS).map(async ([study, files]) => ({ study, missing: await missingFrom(folder, files) })),
  );
  const detail = studies
    .map(({ study, missing }) => `${study}: ${missing.length === 0 ? 'there' : `no ${missing.join(', ')}`}`)
    .join('; ');
  const state = studies.every(({ missing }) => missing.length === 0) ? 'ok' : 'missing';
  return { name, state, required: false, detail: `${folder}: ${detail}` };
}

async function missingFrom(folder: string, files: readonly string[]): Promise<readonly string[]> {
  const there = await Promise.all(files.map((file) => exists(path.join(folder, file))));
  return files.filter((_, i) => there[i] === false);
}

async function nearestFolder(folder: string): Promise<string> {
  return (await exists(folder)) ? folder : nearestFolder(path.dirname(folder));
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw error;
  }
}
