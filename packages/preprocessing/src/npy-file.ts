import { type FileHandle, open } from 'node:fs/promises';
import { readNpyHeader } from './npy-header.js';
import { PreprocessingError } from './preprocessing-error.js';

export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * Reads a float32 `.npy` file whole, in one read.
 * @param allocate where the bytes go; default a private buffer, or shared memory for other threads to see
 * @throws {PreprocessingError} DATASET_NOT_FOUND, DATASET_DAMAGED
 */
export async function readNpy(
  file: string,
  allocate: (bytes: number) => ArrayBufferLike = (size) => new ArrayBuffer(size),
): Promise<NpyArray> {
  const handle = await openForReading(file);
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(allocate(size));
    await readFully(handle, bytes, file);
    const { shape, dataOffset } = readNpyHeader(Buffer.from(bytes.buffer, 0, size), file);
    const count = shape.reduce((product, length) => product * length, 1);
    if (size !== dataOffset + count * 4) {
      throw new PreprocessingError('DATASET_DAMAGED', `the file has ${size} bytes`, {
        file,
        expected: `${dataOffset + count * 4} for shape (${shape.join(', ')})`,
        hint: PREPARE_AGAIN,
      });
    }
    return { shape, values: new Float32Array(bytes.buffer, dataOffset, count) };
  } finally {
    await handle.close();
  }
}

const PREPARE_AGAIN = 'Delete its folder and prepare the data again';

async function openForReading(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (cause) {
    throw new PreprocessingError('DATASET_NOT_FOUND', 'this file of the prepared data cannot be opened', {
      file,
      hint: PREPARE_AGAIN,
      cause,
    });
  }
}

/** One read as a rule; the system may hand out a large file in pieces. */
async function readFully(handle: FileHandle, bytes: Uint8Array, file: string): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, at, bytes.length - at, at);
    if (bytesRead === 0)
      throw new PreprocessingError('DATASET_DAMAGED', 'the file shrank while it was read', {
        file,
        hint: PREPARE_AGAIN,
      });
    at += bytesRead;
  }
}
