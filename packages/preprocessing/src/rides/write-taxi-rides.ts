import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isMissingFile } from '../missing-file.js';
import { PreprocessingError } from '../preprocessing-error.js';
import { isAlive } from '../stale-folders.js';
import { generateTaxiRides, RIDES_PER_BLOCK, type RideOptions } from './generate-taxi-rides.js';

export interface WriteRidesOptions extends RideOptions {
  /** Aborting rejects with the signal's reason and leaves nothing behind. */
  readonly signal?: AbortSignal;
  /** Called with the rows that are on their way to the disk. */
  readonly onRows?: (rows: number) => void;
}

/**
 * Writes generated rides to a file, which appears only when it is complete. A write that was killed starts again from the
 * first ride; what it left is removed.
 * @throws {PreprocessingError} BAD_OPTION, NOT_A_FILE, WRITE_FAILED
 */
export async function writeTaxiRides(file: string, options: WriteRidesOptions): Promise<void> {
  try {
    await refuseDevices(file);
    await removeStaleParts(file);
    await writeWhole(file, options);
  } catch (cause) {
    if (cause instanceof PreprocessingError || options.signal?.aborted === true) throw cause;
    throw new PreprocessingError('WRITE_FAILED', 'the rides cannot be written', {
      file,
      hint: 'Check the folder and its free space',
      cause,
    });
  }
}

async function writeWhole(file: string, options: WriteRidesOptions): Promise<void> {
  const temporary = `${file}.${process.pid}.part`;
  try {
    await writeRides(temporary, options);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A block is on its way to the disk while the next one is made. */
async function writeRides(file: string, { rows, seed, signal, onRows }: WriteRidesOptions): Promise<void> {
  const handle = await open(file, 'w');
  try {
    let written = Promise.resolve();
    let blocks = 0;
    for (const piece of generateTaxiRides({ rows, seed })) {
      await written;
      signal?.throwIfAborted();
      written = handle.writeFile(piece);
      onRows?.(Math.min(rows, RIDES_PER_BLOCK * blocks++)); // none with the header, which is the first piece
    }
    await written;
  } finally {
    await handle.close();
  }
}

/** A device, pipe or folder would be replaced by the file, or take its name. */
async function refuseDevices(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    if (isMissingFile(error)) return undefined;
    throw error;
  });
  if (found === undefined || found.isFile()) return;
  throw new PreprocessingError('NOT_A_FILE', 'rides are not written to a folder or a device', { file });
}

async function removeStaleParts(file: string): Promise<void> {
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}.`;
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(prefix) ? /^(\d+)\.part$/.exec(name.slice(prefix.length))?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) await rm(path.join(folder, name), { force: true });
  }
}
