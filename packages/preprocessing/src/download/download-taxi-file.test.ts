import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { downloadTaxiFile } from './download-taxi-file.js';

const BODY = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `row ${i}\n`).join(''));

interface Server {
  readonly baseUrl: string;
  readonly requests: IncomingMessage[];
  hangUp(): void;
}

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<Server> {
  const requests: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(request);
    answer(request, response, requests.length);
  };
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/`,
    requests,
    hangUp: () => server.closeAllConnections(),
  };
}

/** A plain file server with ranges and an entity tag. */
function sendFile(request: IncomingMessage, response: ServerResponse, body = BODY, tag = '"v1"'): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const isPart = start > 0 && request.headers['if-range'] === tag;
  if (isPart && start >= body.length) {
    response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
    return;
  }
  const sent = isPart ? body.subarray(start) : body;
  const range = isPart ? { 'content-range': `bytes ${start}-${body.length - 1}/${body.length}` } : {};
  response.writeHead(isPart ? 206 : 200, { etag: tag, 'content-length': sent.length, ...range }).end(sent);
}

/** Sends half of the file and then nothing. */
function sendHalf(response: ServerResponse): void {
  response.writeHead(200, { etag: '"v1"', 'content-length': BODY.length }).write(BODY.subarray(0, BODY.length / 2));
}

const fetchTo = (outDir: string, baseUrl: string): Promise<string> =>
  downloadTaxiFile({ role: 'train', size: '10k', outDir, baseUrl });

/** Downloads from a server that hangs up as soon as something has arrived. */
async function brokenDownload(outDir: string, { baseUrl, hangUp }: Server): Promise<void> {
  const download = downloadTaxiFile({ role: 'train', size: '10k', outDir, baseUrl, onProgress: hangUp });
  await expect(download).rejects.toMatchObject({
    code: 'DOWNLOAD_FAILED',
    message: expect.stringMatching(/broke after [1-9]\d* bytes.*continues/) as string,
  });
}

describe('download', () => {
  it('fetches the file that the course offers, and only once', async () => {
    const { baseUrl, requests } = await serve((request, response) => sendFile(request, response));
    const outDir = join(temporaryFolder(), 'new', 'folder');
    const progress: number[] = [];
    const file = await downloadTaxiFile({
      role: 'validation',
      size: '1k',
      outDir,
      baseUrl,
      onProgress: ({ bytesRead, bytesTotal }) => progress.push(bytesRead / bytesTotal!),
    });
    expect(file).toBe(join(outDir, 'val_1k.csv'));
    expect(readFileSync(file)).toEqual(BODY);
    expect(readdirSync(outDir)).toEqual(['val_1k.csv']);
    expect(progress.at(-1)).toBe(1);
    await downloadTaxiFile({ role: 'validation', size: '1k', outDir, baseUrl });
    expect(requests.map(({ url }) => url)).toEqual(['/files/val_1k.csv']);
  });

  it('goes on where the connection broke', async () => {
    const server = await serve((request, response, count) =>
      count === 1 ? sendHalf(response) : sendFile(request, response),
    );
    const outDir = temporaryFolder();
    await brokenDownload(outDir, server);
    expect(existsSync(join(outDir, 'train_10k.csv'))).toBe(false);
    expect(readFileSync(await fetchTo(outDir, server.baseUrl))).toEqual(BODY);
    expect(server.requests[1]!.headers.range).toMatch(/^bytes=[1-9]\d*-$/);
    expect(readdirSync(outDir)).toEqual(['train_10k.csv']);
  });

  it('starts over when the file on the server is another one by now', async () => {
    const other = Buffer.from('another file\n');
    const server = await serve((request, response, count) =>
      count === 1 ? sendHalf(response) : sendFile(request, response, other, '"v2"'),
    );
    const outDir = temporaryFolder();
    await brokenDownload(outDir, server);
    expect(readFileSync(await fetchTo(outDir, server.baseUrl))).toEqual(other);
  });

  it('starts over when what is there is as long as the file', async () => {
    const { baseUrl, requests } = await serve((request, response) => sendFile(request, response));
    const outDir = temporaryFolder();
    writeFileSync(join(outDir, 'train_10k.csv.part'), Buffer.alloc(BODY.length, 'x'));
    writeFileSync(join(outDir, 'train_10k.csv.part.etag'), '"v1"');
    expect(readFileSync(await fetchTo(outDir, baseUrl))).toEqual(BODY);
    expect(requests).toHaveLength(2);
  });

  it('trusts no part of unknown origin', async () => {
    const { baseUrl, requests } = await serve((request, response) => sendFile(request, response));
    const outDir = temporaryFolder();
    writeFileSync(join(outDir, 'train_10k.csv.part'), 'rubbish');
    expect(readFileSync(await fetchTo(outDir, baseUrl))).toEqual(BODY);
    expect(requests[0]!.headers.range).toBeUndefined();
  });

  it.each([
    { status: 404, code: 'DOWNLOAD_NOT_FOUND', message: /there is no http.*train_10k\.csv.*another size/ },
    { status: 503, code: 'DOWNLOAD_FAILED', message: /answered 503/ },
    { status: 416, code: 'DOWNLOAD_FAILED', message: /answered 416/ },
  ])('says what $status means', async ({ status, code, message }) => {
    const { baseUrl } = await serve((_, response) => void response.writeHead(status).end());
    await expect(fetchTo(temporaryFolder(), baseUrl)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message) as string,
    });
  });

  it('says that nobody answers', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    await expect(fetchTo(temporaryFolder(), `http://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'DOWNLOAD_OFFLINE',
      message: expect.stringMatching(/127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\).*generate rides/) as string,
    });
  });

  it('stops when it is told to', async () => {
    const { baseUrl } = await serve(
      (_, response) => void response.writeHead(200, { 'content-length': 1e6 }).write('a'),
    );
    const controller = new AbortController();
    const download = downloadTaxiFile({
      role: 'train',
      size: '1k',
      outDir: temporaryFolder(),
      baseUrl,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(download).rejects.toThrow();
  });
});
