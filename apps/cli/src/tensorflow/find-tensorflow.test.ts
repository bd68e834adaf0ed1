import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exitCodeOf } from '../exit-code.js';
import { findTensorflow } from './find-tensorflow.js';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'assay-find-tensorflow-')));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

const PARTS = [
  'libtensorflow_cc.so.2',
  'libtensorflow_framework.so.2',
  'include/tensorflow/c/c_api.h',
  'include/tensorflow/c/eager/c_api.h',
];

/** An environment with an installed package, as pip lays it out; the files are empty. */
async function environment({
  parts = PARTS,
  version = 'tensorflow_cpu-2.21.0',
  built = `('is_cuda_build', False)`,
} = {}) {
  const site = path.join(root, 'lib', 'python3.11', 'site-packages');
  const folder = path.join(site, 'tensorflow');
  const write = async (file: string, text = ''): Promise<void> => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  for (const part of parts) await write(path.join(folder, part));
  await write(path.join(folder, 'python', 'platform', 'build_info.py'), `build_info = OrderedDict([${built}])`);
  await mkdir(path.join(site, `${version}.dist-info`));
  await mkdir(path.join(site, 'tensorflow_io-0.37.1.dist-info-not'));
  return { site, folder };
}

it('is found by its own folder, by the site-packages and by the environment that it is in', async () => {
  const { site, folder } = await environment();
  const found = { folder, version: '2.21.0', cuda: null };
  for (const dir of [folder, site, root]) expect(await findTensorflow(dir)).toEqual(found);
});

it.each([
  {
    version: 'tensorflow-2.21.0',
    built: `('cuda_version', '12.5.1'), ('is_cuda_build', True)`,
    told: ['2.21.0', '12.5.1'],
  },
  { version: 'tensorflow-2.20.0rc1', built: `('is_cuda_build', True)`, told: ['2.20.0rc1', 'of unknown version'] },
  { version: 'keras-3.15.1', built: `('is_cuda_build', False)`, told: [null, null] },
])('$version, built with $built', async ({ told, ...options }) => {
  const { folder } = await environment(options);
  const { version, cuda } = await findTensorflow(folder);
  expect([version, cuda]).toEqual(told);
});

it('without a folder, Python is asked', async () => {
  const { folder } = await environment();
  const python = path.join(root, 'python');
  await writeFile(python, `#!/bin/sh\necho ${folder}\n`, { mode: 0o755 });
  vi.stubEnv('ASSAY_PYTHON', python);
  expect((await findTensorflow(undefined)).folder).toBe(folder);
});

describe('is refused as a mistake in the command', () => {
  const refusal = (dir: string | undefined) =>
    findTensorflow(dir).then(
      () => null,
      (error: Error) => ({ code: exitCodeOf(error), message: error.message }),
    );

  it('where there is none', async () => {
    expect(await refusal(root)).toEqual({ code: 2, message: expect.stringContaining(`no TensorFlow in ${root}`) });
    const nowhere = path.join(root, 'no', 'such');
    expect(await refusal(nowhere)).toEqual({ code: 2, message: expect.stringContaining(nowhere) });
  });

  it('where no Python has it', async () => {
    vi.stubEnv('ASSAY_PYTHON', '');
    vi.stubEnv('PATH', root);
    expect(await refusal(undefined)).toEqual({ code: 2, message: expect.stringContaining('No Python on the path') });
  });

  it.each(PARTS.slice(1))('without %s', async (missing) => {
    const { folder } = await environment({ parts: PARTS.filter((part) => part !== missing) });
    const message = `The TensorFlow in ${folder} cannot be compiled against: ${missing} is not there.`;
    expect(await refusal(root)).toEqual({ code: 2, message });
  });
});
