import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FitCheckpoint, FitReport } from './fit-progress.js';
import { TrainingError } from './training-error.js';

const MAGIC = 'ASSAYFIT';
const VERSION = 1;
/** Magic, version and the header's length. */
const PREFIX_BYTES = 16;

/** What precedes the numbers of a checkpoint file. */
interface Header {
  readonly key: string;
  readonly step: number;
  readonly history: readonly FitReport[];
  readonly best: FitReport | null;
  /** Numbers in each array, in the order in which they follow: weights, statistics, slots, the best's weights and statistics. */
  readonly lengths: readonly number[];
}

/** Names everything that a training follows from, so that a checkpoint is taken up only by the same training. */
export function checkpointKey(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/**
 * Writes a checkpoint: it replaces the file's former content whole or not at all, and survives a power cut.
 * @param key what the checkpoint belongs to ({@link checkpointKey})
 */
export async function writeCheckpoint(file: string, key: string, checkpoint: FitCheckpoint): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  await mkdir(dirname(file), { recursive: true });
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(encode(key, checkpoint));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/**
 * The checkpoint in a file, or null when there is no file or it belongs to another training.
 * @param key the expected key; undefined takes any
 * @throws {TrainingError} `BAD_STATE` when the file is damaged or no checkpoint
 */
export async function readCheckpoint(file: string, key: string | undefined): Promise<FitCheckpoint | null> {
  const bytes = await readFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return null;
  const { header, numbers } = decode(file, bytes);
  return key === undefined || header.key === key ? assemble(header, numbers) : null;
}

function arraysOf({ state, best }: FitCheckpoint): readonly Float32Array[] {
  const kept = best === null ? [] : [best.weights.weights, best.weights.statistics];
  return [state.weights, state.statistics, ...state.slots, ...kept];
}

function encode(key: string, checkpoint: FitCheckpoint): Buffer {
  const arrays = arraysOf(checkpoint);
  const { state, history, best } = checkpoint;
  const header: Header = {
    key,
    step: state.step,
    history,
    best: best && { step: best.step, value: best.value },
    lengths: arrays.map(({ length }) => length),
  };
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(MAGIC, 'latin1');
  prefix.writeUInt32LE(VERSION, 8);
  prefix.writeUInt32LE(text.length, 12);
  return Buffer.concat([prefix, text, ...arrays.map((a) => Buffer.from(a.buffer, a.byteOffset, a.byteLength))]);
}

function decode(file: string, bytes: Buffer): { readonly header: Header; readonly numbers: Buffer } {
  if (bytes.length < PREFIX_BYTES || bytes.toString('latin1', 0, 8) !== MAGIC)
    throw damaged(file, 'it is no training checkpoint');
  const version = bytes.readUInt32LE(8);
  if (version !== VERSION) throw damaged(file, `it has format ${version}, this version reads ${VERSION}`);
  const headerEnd = PREFIX_BYTES + bytes.readUInt32LE(12);
  const header = parseHeader(file, bytes.toString('utf8', PREFIX_BYTES, headerEnd));
  const numbers = bytes.subarray(headerEnd);
  const expected = 4 * header.lengths.reduce((sum, length) => sum + length, 0);
  if (numbers.length !== expected) throw damaged(file, `${numbers.length} bytes of numbers instead of ${expected}`);
  return { header, numbers };
}

function parseHeader(file: string, text: string): Header {
  try {
    return JSON.parse(text) as Header;
  } catch (cause) {
    throw damaged(file, 'its header is no JSON', cause);
  }
}

function assemble({ step, history, best, lengths }: Header, numbers: Buffer): FitCheckpoint {
  let at = 0;
  const [weights, statistics, ...rest] = lengths.map((length) => {
    const array = new Float32Array(length);
    Buffer.from(array.buffer).set(numbers.subarray(at, at + 4 * length));
    at += 4 * length;
    return array;
  }) as [Float32Array, Float32Array, ...Float32Array[]];
  const slots = best === null ? rest : rest.slice(0, -2);
  const [bestWeights, bestStatistics] = rest.slice(-2) as [Float32Array, Float32Array];
  return {
    state: { step, weights, statistics, slots },
    history,
    best: best && { ...best, weights: { weights: bestWeights, statistics: bestStatistics } },
  };
}

function damaged(file: string, problem: string, cause?: unknown): TrainingError {
  return new TrainingError('BAD_STATE', `${file}: ${problem}. Delete it; training then starts over.`, { cause });
}
