import { PreprocessingError } from './preprocessing-error.js';

/** What stands before the data of a `.npy` file that this package can read: little-endian float32 in C order. */
export interface NpyHeader {
  readonly shape: readonly number[];
  /** Bytes before the first value; a multiple of 64 in files written here. */
  readonly dataOffset: number;
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
const ALIGNMENT = 64;

/**
 * The header of a float32 array in NumPy's format 1.0.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function npyHeader(shape: readonly number[]): Buffer {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  const prefix = MAGIC.length + 4;
  const total = Math.ceil((prefix + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const header = Buffer.alloc(total, ' ');
  MAGIC.copy(header);
  header.writeUInt8(1, 6);
  header.writeUInt8(0, 7);
  header.writeUInt16LE(total - prefix, 8);
  header.write(`${text}${' '.repeat(total - prefix - text.length - 1)}\n`, prefix, 'latin1');
  return header;
}

/**
 * Reads the header at the start of a `.npy` file (format 1.0 to 3.0).
 * @throws {PreprocessingError} DATASET_DAMAGED when it is none, or holds anything but little-endian float32 in C order
 */
export function readNpyHeader(bytes: Buffer, file: string): NpyHeader {
  const refuse = (problem: string): never => {
    throw new PreprocessingError('DATASET_DAMAGED', problem, {
      file,
      expected: 'a .npy file of little-endian float32 in C order',
    });
  };
  if (bytes.length < 12 || !bytes.subarray(0, 6).equals(MAGIC)) refuse('this is no .npy file');
  const isFirstFormat = bytes[6] === 1;
  const start = isFirstFormat ? 10 : 12;
  const dataOffset = start + (isFirstFormat ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8));
  if (bytes.length < dataOffset) refuse('the .npy header is cut off');
  const text = bytes.toString('latin1', start, dataOffset);
  const shape = /'shape'\s*:\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (shape === undefined || !/'descr'\s*:\s*'<f4'/.test(text) || !/'fortran_order'\s*:\s*False/.test(text)) {
    return refuse(`the .npy header says ${text.trim()}`);
  }
  return {
    shape: shape
      .split(',')
      .filter((size) => size.trim() !== '')
      .map(Number),
    dataOffset,
  };
}
