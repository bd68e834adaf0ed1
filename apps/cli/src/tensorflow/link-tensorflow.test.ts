import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { exitCodeOf } from '../exit-code.js';
import { linkTensorflow, unlinkTensorflow } from './link-tensorflow.js';

const TENSORFLOW = { folder: '/opt/python/site-packages/tensorflow', version: '2.21.0', cuda: null };

/** A package that was linked before, with a compiler of ours that stands for node-pre-gyp. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'assay-link-tensorflow-'));
  await writeFile(path.join(folder, 'package.json'), '{}');
  for (const name of ['deps', 'lib']) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'before'), name);
  }
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function compileWith(script: string): Promise<string | null> {
  const bin = path.join(folder, 'node_modules', '.bin');
  await mkdir(bin, { recursive: true });
  await writeFile(path.join(bin, 'node-pre-gyp'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return linkTensorflow(folder, TENSORFLOW, new PassThrough());
}

it('replaces what was there, and shows the compiler where everything lies', async () => {
  const failure = await compileWith('mkdir lib build; readlink deps/include deps/lib $LIBRARY_PATH/*.so > lib/seen');
  expect(failure).toBe(null);
  expect(await readFile(path.join(folder, 'lib', 'seen'), 'utf8')).toBe(`/opt/python/site-packages/tensorflow/include
/opt/python/site-packages/tensorflow
/opt/python/site-packages/tensorflow/libtensorflow_cc.so.2
/opt/python/site-packages/tensorflow/libtensorflow_framework.so.2
`);
  for (const gone of ['build', 'deps.before', 'lib.before']) expect(existsSync(path.join(folder, gone))).toBe(false);
});

it('puts back what was there when compiling fails', async () => {
  const failure = await compileWith('mkdir lib build; echo "Error: c_api.h: 3 errors"; exit 1');
  expect(failure).toBe('Error: c_api.h: 3 errors');
  for (const name of ['deps', 'lib']) expect(await readFile(path.join(folder, name, 'before'), 'utf8')).toBe(name);
  for (const gone of ['build', 'deps.before', 'lib.before']) expect(existsSync(path.join(folder, gone))).toBe(false);
});

it('is undone', async () => {
  await compileWith('mkdir lib');
  await unlinkTensorflow(folder);
  for (const gone of ['deps', 'lib']) expect(existsSync(path.join(folder, gone))).toBe(false);
});

it.each([
  { variable: 'CXX', value: 'no-such-compiler -O2', told: 'needs no-such-compiler, not found' },
  { variable: 'PATH', value: '/no/such/folder', told: 'needs g++ and make and python3, not found' },
])('without the tools in $variable it changes nothing, a mistake in the command', async ({ variable, value, told }) => {
  vi.stubEnv('CXX', undefined);
  vi.stubEnv(variable, value);
  const error = await linkTensorflow(folder, TENSORFLOW, new PassThrough()).catch((refusal: Error) => refusal);
  expect((error as Error).message).toContain(told);
  expect(exitCodeOf(error)).toBe(2);
  expect(existsSync(path.join(folder, 'lib', 'before'))).toBe(true);
});
