import { constants } from 'node:fs';
import { access, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorCode } from '../exit-code.js';
import { formatBytes } from '../format/number.js';
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

/** Real rides that the taxi study looks for. */
const RIDES = ['taxifare/train_50k.csv.gz', 'taxifare/val_10k.csv.gz'];

/** @param folder `ASSAY_DATA`, where it is set */
export async function checkData(folder: string | undefined): Promise<Check> {
  const name = 'data';
  if (folder === undefined || folder === '') {
    return { name, state: 'missing', required: false, detail: 'ASSAY_DATA is not set: the taxi study makes its rides' };
  }
  if (!(await exists(folder))) {
    return { name, state: 'broken', required: false, detail: `ASSAY_DATA names ${folder}, which is not there` };
  }
  const files = await Promise.all(RIDES.map(async (file) => ({ file, size: await sizeOf(path.join(folder, file)) })));
  const detail = files
    .map(({ file, size }) => `${file}: ${size === null ? 'not there' : formatBytes(size)}`)
    .join(', ');
  const state = files.every(({ size }) => size !== null) ? 'ok' : 'missing';
  return { name, state, required: false, detail: `${folder}: ${detail}` };
}

async function nearestFolder(folder: string): Promise<string> {
  return (await exists(folder)) ? folder : nearestFolder(path.dirname(folder));
}

async function exists(file: string): Promise<boolean> {
  return (await sizeOf(file)) !== null;
}

/** In bytes; null where there is no such file. */
async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
