import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { assay, startAssay, temporaryFolder } from '../testing/assay-process.js';

/** Waits until a file is there. @param name default: any */
async function hasBegun(folder: string, name?: string): Promise<void> {
  while (!readdirSync(folder).some((file) => name === undefined || file === name)) await sleep(20);
}

describe('assay data generate', () => {
  const generate = (cwd: string, ...flags: string[]) => assay(['data', 'generate', 'taxifare', ...flags], { cwd });

  it('same seed, same bytes, in a file as on stdout', async () => {
    const cwd = temporaryFolder();
    const piped = await generate(cwd, '--rows', '500', '--seed', '3', '--out', '-');
    expect(piped.stdout.trimEnd().split('\n')).toHaveLength(501);
    expect(piped.stderr).toBe('');
    const file = await generate(cwd, '--rows', '500', '--seed', '3', '--out', 'new/folder/rides.csv');
    expect(file).toMatchObject({ code: 0, stdout: '' });
    expect(file.stderr).toMatch(/^new\/folder\/rides\.csv: 500 generated rides \([\d,]+ rows\/s\)\n$/);
    expect(readFileSync(path.join(cwd, 'new/folder/rides.csv'), 'utf8')).toBe(piped.stdout);
    expect((await generate(cwd, '--rows', '500', '--seed', '4', '--out', '-')).stdout).not.toBe(piped.stdout);
  });

  it('writes over no file that is named', async () => {
    const cwd = temporaryFolder();
    writeFileSync(path.join(cwd, 'rides.csv'), 'my own\n');
    const { code, stderr } = await generate(cwd, '--rows', '10', '--out', 'rides.csv');
    expect([code, stderr]).toEqual([2, expect.stringContaining('rides.csv is there already')]);
    expect(readFileSync(path.join(cwd, 'rides.csv'), 'utf8')).toBe('my own\n');
  });

  it('names the file itself where nobody does', async () => {
    const cwd = temporaryFolder();
    expect((await generate(cwd, '--rows', '10')).code).toBe(0);
    expect(readdirSync(cwd)).toEqual(['taxifare-10-seed1.csv']);
  });

  it('interrupted or killed, leaves no half file under its name', async () => {
    const cwd = temporaryFolder();
    const start = () =>
      startAssay(['data', 'generate', 'taxifare', '--rows', '500000000', '--out', 'rides.csv'], { cwd });
    const killed = start();
    await hasBegun(cwd);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(readdirSync(cwd)).toEqual([`rides.csv.${killed.child.pid}.part`]);

    const interrupted = start();
    await hasBegun(cwd, `rides.csv.${interrupted.child.pid}.part`);
    interrupted.child.kill('SIGINT');
    const { code, stderr } = await interrupted.ended;
    expect([code, stderr]).toEqual([130, 'assay: Interrupted: rides.csv was not written.\n']);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

const BODY = Buffer.from(Array.from({ length: 50_000 }, (_, row) => `row ${row}\n`).join(''));

interface FileServer {
  readonly url: string;
  /** The `Range` header of every request. */
  readonly ranges: (string | undefined)[];
  readonly server: Server;
}

/** A file server with ranges on this machine. @param cutAfter the first answer breaks off after so many bytes */
async function serveFiles(cutAfter: number | null): Promise<FileServer> {
  const ranges: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const range = start > 0 ? { 'content-range': `bytes ${start}-${BODY.length - 1}/${BODY.length}` } : {};
    response.writeHead(start > 0 ? 206 : 200, { etag: '"v1"', 'content-length': BODY.length - start, ...range });
    const isCut = cutAfter !== null && ranges.length === 1;
    if (!isCut) response.end(BODY.subarray(start));
    else response.write(BODY.subarray(0, cutAfter), () => setTimeout(() => request.socket.destroy(), 200));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/`, ranges, server };
}

describe('assay data download', () => {
  const download = (cwd: string, url: string) =>
    assay(['data', 'download', 'taxifare', '--size', '1k', '--out', 'rides'], { cwd, env: { ASSAY_TAXI_URL: url } });

  it('prints the paths of both files, and goes on where it broke off', async () => {
    const cwd = temporaryFolder();
    const { url, ranges } = await serveFiles(100_000);
    const broken = await download(cwd, url);
    expect(broken).toMatchObject({ code: 1, stdout: '' });
    expect(broken.stderr).toMatch(/broke after 100000 bytes/);
    const { code, stdout } = await download(cwd, url);
    expect(code).toBe(0);
    expect(ranges).toEqual([undefined, 'bytes=100000-', undefined]);
    const files = stdout.trimEnd().split('\n');
    expect(files).toHaveLength(2);
    for (const file of files) expect(readFileSync(path.resolve(cwd, file)).equals(BODY)).toBe(true);
    await download(cwd, url);
    expect(ranges).toHaveLength(3);
  });

  it('offline: says so, and what to do instead', async () => {
    const { url, server } = await serveFiles(null);
    server.close();
    await once(server, 'close');
    const { code, stdout, stderr } = await download(temporaryFolder(), url);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^assay: 127\.0\.0\.1:\d+ cannot be reached .*generate rides/);
  });
});
