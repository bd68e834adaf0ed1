import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { describeRemote, isAddress } from './duckdb/remote-source.js';
import { PreprocessingError } from './preprocessing-error.js';
import { statRegularFile, unreadable } from './regular-file.js';
import type { SourceRole } from './split-rule.js';

/** A file to prepare, and what was in it when it was hashed. */
export interface InputFile {
  readonly role: SourceRole;
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Changes whenever the file is written to: inode, size, modification and status-change times. */
  readonly state: string;
}

/** Hashes of files by absolute path, remembered so that a huge file is not hashed again as long as its state is the same. */
type HashMemory = Record<string, { readonly state: string; readonly sha256: string }>;

const MEMORY_FILE = 'input-hashes.json';
/** More would not stay in the processor's cache between reading and hashing. */
const READ_BYTES = 256 * 1024;
/** A file changed so recently may change again within the resolution of its times. */
const SETTLED_MS = 2000;

/**
 * Describes the input files, hashing only what is new or changed.
 * @param memoryDir folder that keeps the hashes between runs; only a cache, losing it costs time
 * @throws {PreprocessingError} FILE_NOT_FOUND, NOT_A_FILE, FILE_UNREADABLE, EMPTY_FILE
 */
export async function describeInputs(
  files: readonly { readonly role: SourceRole; readonly path: string }[],
  memoryDir: string,
  onBytes: (bytesRead: number, bytesTotal: number) => void,
  signal?: AbortSignal,
): Promise<readonly InputFile[]> {
  const memory = await readMemory(memoryDir);
  const states = await Promise.all(files.map(({ path }) => fileState(path)));
  const unknown = states.filter(({ state }, i) => memory[resolve(files[i]!.path)]?.state !== state);
  const bytesTotal = unknown.reduce((sum, { bytes }) => sum + bytes, 0);
  let bytesRead = 0;
  const onPiece = (bytes: number): void => {
    bytesRead += bytes;
    onBytes(bytesRead, bytesTotal);
  };
  const inputs: InputFile[] = [];
  for (const [i, { role, path }] of files.entries()) {
    const { bytes, state, isSettled } = states[i]!;
    const known = memory[resolve(path)];
    const sha256 = known?.state === state ? known.sha256 : await hashInput(path, state, onPiece, signal);
    if (isSettled) memory[resolve(path)] = { state, sha256 };
    inputs.push({ role, path, name: basename(path), bytes, sha256, state });
  }
  await writeMemory(memoryDir, memory);
  return inputs;
}

/** @throws {PreprocessingError} INPUT_CHANGED when the file is not what it was when it was hashed */
export async function assertUnchanged(input: InputFile): Promise<void> {
  const { state } = await fileState(input.path);
  if (state === input.state) return;
  throw new PreprocessingError('INPUT_CHANGED', 'the file changed while it was prepared', {
    file: input.path,
    hint: 'Run again when it is complete',
  });
}

async function fileState(file: string): Promise<{ bytes: number; state: string; isSettled: boolean }> {
  if (isAddress(file)) return { ...(await describeRemote(file)), isSettled: true };
  const { ino, size, mtimeNs, ctimeNs, ctimeMs } = await statRegularFile(file);
  const isSettled = Date.now() - Number(ctimeMs) > SETTLED_MS;
  return { bytes: Number(size), state: [ino, size, mtimeNs, ctimeNs].join(' '), isSettled };
}

/** The contents of an address are not fetched only to be hashed: what its server says of them stands for them. */
function hashInput(
  file: string,
  state: string,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<string> {
  if (!isAddress(file)) return hashFile(file, onBytes, signal);
  return Promise.resolve(createHash('sha256').update(`${file} ${state}`).digest('hex'));
}

async function hashFile(file: string, onBytes: (bytes: number) => void, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file, { highWaterMark: READ_BYTES })) {
      signal?.throwIfAborted();
      hash.update(piece as Buffer);
      onBytes((piece as Buffer).length);
    }
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw unreadable(file, cause);
  }
  return hash.digest('hex');
}

async function readMemory(dir: string): Promise<HashMemory> {
  try {
    return JSON.parse(await readFile(join(dir, MEMORY_FILE), 'utf8')) as HashMemory;
  } catch {
    return {}; // absent or damaged: everything is hashed again
  }
}

async function writeMemory(dir: string, memory: HashMemory): Promise<void> {
  const file = join(dir, MEMORY_FILE);
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, `${JSON.stringify(memory, null, 1)}\n`);
  await rename(temporary, file);
}
