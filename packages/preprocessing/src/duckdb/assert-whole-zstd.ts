import { type FileHandle, open } from 'node:fs/promises';
import { PreprocessingError } from '../preprocessing-error.js';

const FRAME_MAGIC = 0xfd2fb528;
/** Sixteen magic numbers mark frames of any other content, which decoders skip. */
const SKIPPABLE_MAGIC = 0x184d2a50;
const RLE_BLOCK = 1;

/**
 * Walks the frames and blocks of a .zst file by their headers, without unpacking: DuckDB reads a file that is cut off to where it
 * ends. Damage inside a block is for the decoder to notice.
 * @throws {PreprocessingError} BAD_ZSTD
 * @see RFC 8878, "Zstandard Compression", section 3.1
 */
export async function assertWholeZstd(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    let at = 0;
    while (at < size) at = await frameEnd(handle, at, file);
    if (at > size) throw cutOff(file);
  } finally {
    await handle.close();
  }
}

/** Offset behind the frame that begins at `start`; behind the end of the file when the frame is cut off. */
async function frameEnd(handle: FileHandle, start: number, file: string): Promise<number> {
  const head = await bytesAt(handle, start, 8, file, 5);
  const magic = head.readUInt32LE(0);
  if ((magic & ~0xf) >>> 0 === SKIPPABLE_MAGIC)
    return start + 8 + (await bytesAt(handle, start + 4, 4, file)).readUInt32LE(0);
  if (magic !== FRAME_MAGIC) {
    throw new PreprocessingError('BAD_ZSTD', 'this is no valid zstd data', { file, expected: 'a complete .zst file' });
  }
  const descriptor = head[4]!;
  let at = start + 5 + headerBytes(descriptor);
  for (let last = false; !last; ) {
    const block = (await bytesAt(handle, at, 3, file)).readUIntLE(0, 3);
    last = (block & 1) === 1;
    at += 3 + (((block >> 1) & 3) === RLE_BLOCK ? 1 : block >> 3);
  }
  const hasChecksum = (descriptor & 4) !== 0;
  return at + (hasChecksum ? 4 : 0);
}

/** Bytes of a frame header behind its descriptor: window, dictionary and content size. */
function headerBytes(descriptor: number): number {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  const content = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  return (isSingleSegment ? 0 : 1) + dictionary + content;
}

async function bytesAt(
  handle: FileHandle,
  position: number,
  length: number,
  file: string,
  atLeast: number = length,
): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  if (bytesRead < atLeast) throw cutOff(file);
  return buffer;
}

function cutOff(file: string): PreprocessingError {
  return new PreprocessingError('BAD_ZSTD', 'the zstd data ends too early', {
    file,
    expected: 'a complete .zst file',
    hint: 'Fetch or compress it again',
  });
}
