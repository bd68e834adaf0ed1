import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissingFile } from '../missing-file.js';
import { PreprocessingError } from '../preprocessing-error.js';

/** Where the "Train at scale" course keeps its public files. */
export const TAXI_FILES_URL = 'https://storage.googleapis.com/datascience-mlops/taxi-fare-ny/';

/** Rows in the files that the course offers, for training and for validation. */
export const TAXI_FILE_SIZES = ['1k', '10k', '100k', '500k'] as const;
export type TaxiFileSize = (typeof TAXI_FILE_SIZES)[number];

export interface DownloadOptions {
  readonly role: 'train' | 'validation';
  readonly size: TaxiFileSize;
  readonly outDir: string;
  /** Folder URL that holds `train_1k.csv` and so on. Default {@link TAXI_FILES_URL}. */
  readonly baseUrl?: string;
  readonly onProgress?: (progress: { readonly bytesRead: number; readonly bytesTotal: number | undefined }) => void;
  readonly signal?: AbortSignal;
}

const TRY_ELSEWHERE = 'Connect to the network and run it again, use files that you have, or generate rides';

/**
 * Fetches one of the course's files into a folder, unless it is there already. An interrupted download continues where it
 * stopped, provided that the file on the server is still the same (by its entity tag). The file appears only when it is complete.
 * @returns the path of the file
 * @throws {PreprocessingError} DOWNLOAD_OFFLINE, DOWNLOAD_NOT_FOUND, DOWNLOAD_FAILED, WRITE_FAILED
 */
export async function downloadTaxiFile(options: DownloadOptions): Promise<string> {
  const name = `${options.role === 'train' ? 'train' : 'val'}_${options.size}.csv`;
  const target = join(options.outDir, name);
  if ((await fileSize(target)) !== undefined) return target;
  await mkdir(options.outDir, { recursive: true }).catch((cause: unknown) => {
    throw storeFailed(options.outDir, cause);
  });
  const base = options.baseUrl ?? TAXI_FILES_URL;
  await fetchFile(new URL(name, base.endsWith('/') ? base : `${base}/`), target, options);
  return target;
}

async function fetchFile(url: URL, target: string, options: DownloadOptions): Promise<void> {
  const part = `${target}.part`;
  const tagFile = `${part}.etag`;
  const { response, start } = await request(url, part, tagFile, options.signal);
  const total = totalBytes(response, start);
  const tag = response.headers.get('etag');
  await (tag === null ? rm(tagFile, { force: true }) : writeFile(tagFile, tag));
  await receive(
    response,
    url,
    part,
    start,
    (bytesRead) => options.onProgress?.({ bytesRead, bytesTotal: total }),
    options.signal,
  );
  const size = await fileSize(part);
  if (total !== undefined && size !== total) {
    if ((size ?? 0) > total) await rm(part);
    throw new PreprocessingError('DOWNLOAD_FAILED', `${url} gave ${size} bytes`, {
      expected: `${total} bytes`,
      hint: 'Run it again',
    });
  }
  await rename(part, target);
  await rm(tagFile, { force: true });
}

/** Asks for what is missing. A server that has another file by now, or knows no ranges, sends the whole file. */
async function request(
  url: URL,
  part: string,
  tagFile: string,
  signal?: AbortSignal,
): Promise<{ response: Response; start: number }> {
  // Without the tag of the file that was begun there is nothing to continue.
  const tag = (await fileSize(tagFile)) === undefined ? undefined : await readFile(tagFile, 'utf8');
  const have = tag === undefined ? 0 : ((await fileSize(part)) ?? 0);
  const range = tag !== undefined && have > 0 ? { range: `bytes=${have}-`, 'if-range': tag } : {};
  const response = await fetch(url, {
    headers: { 'accept-encoding': 'identity', ...range },
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new PreprocessingError('DOWNLOAD_OFFLINE', `${url.host} cannot be reached (${rootCause(cause)})`, {
      hint: TRY_ELSEWHERE,
      cause,
    });
  });
  if (response.status === 200) return { response, start: 0 };
  if (response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${have}-`))
    return { response, start: have };
  await response.body?.cancel();
  if (response.status === 416 && have > 0) {
    await rm(part);
    return request(url, part, tagFile, signal);
  }
  if (response.status === 404)
    throw new PreprocessingError('DOWNLOAD_NOT_FOUND', `there is no ${url}`, {
      hint: 'Choose another size, or check the base URL',
    });
  throw new PreprocessingError('DOWNLOAD_FAILED', `${url} answered ${response.status} ${response.statusText}`, {
    expected: '200 or 206',
    hint: 'Try again later',
  });
}

function totalBytes(response: Response, start: number): number | undefined {
  const length = response.headers.get('content-length');
  return length === null ? undefined : start + Number(length);
}

/** Writes piece by piece, so that whatever arrived before a failure is on disk to go on from. */
async function receive(
  response: Response,
  url: URL,
  part: string,
  start: number,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const handle = await open(part, start === 0 ? 'w' : 'a').catch((cause: unknown) => {
    throw storeFailed(part, cause);
  });
  let bytes = start;
  try {
    for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      await handle.appendFile(piece).catch((cause: unknown) => {
        throw storeFailed(part, cause);
      });
      bytes += piece.length;
      onBytes(bytes);
    }
  } catch (cause) {
    if (signal?.aborted || cause instanceof PreprocessingError) throw cause;
    throw new PreprocessingError('DOWNLOAD_FAILED', `the connection to ${url.host} broke after ${bytes} bytes`, {
      hint: 'Run it again: it continues from there',
      cause,
    });
  } finally {
    await handle.close();
  }
}

function storeFailed(file: string, cause: unknown): PreprocessingError {
  return new PreprocessingError('WRITE_FAILED', 'the download cannot be stored', {
    file,
    hint: 'Check the folder and its free space',
    cause,
  });
}

/** Undefined where there is no such file. */
async function fileSize(file: string): Promise<number | undefined> {
  return stat(file).then(
    (found) => found.size,
    (cause: unknown) => {
      if (isMissingFile(cause)) return undefined;
      throw new PreprocessingError('WRITE_FAILED', 'what was downloaded before cannot be looked at', { file, cause });
    },
  );
}

/** Node hides the reason behind "fetch failed". */
function rootCause(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
}
