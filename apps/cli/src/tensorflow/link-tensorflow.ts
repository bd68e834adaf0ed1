import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { CliError } from '../cli-error.js';
import { runNativeBuild } from '../native-build.js';
import { LIBRARIES, type Tensorflow } from './find-tensorflow.js';

/** As the package's own script does where it finds no binary to download; for the running Node's interface only. */
const COMPILE = 'node-pre-gyp install --build-from-source';

/** What a native package's folder has beside what its package manager put there: libraries, the binding, compiler output. */
const MADE = ['deps', 'lib', 'build'] as const;

/**
 * Compiles the binding of a native package against a TensorFlow, which it is linked to where it is; replaces what was there.
 * @param folder the package's
 * @returns null, or why the build failed; the package is then as it was
 * @throws {CliError} `NO_COMPILER`
 */
export async function linkTensorflow(folder: string, tensorflow: Tensorflow, out: Writable): Promise<string | null> {
  requireTools();
  await moveAll(folder, '', '.before');
  const failure = await compile(folder, tensorflow, out).catch((error: Error) => error.message);
  if (failure === null) await removeAll(folder, '.before');
  else await moveAll(folder, '.before', '');
  return failure;
}

/** Leaves the package as the package manager installed it. */
export function unlinkTensorflow(folder: string): Promise<void> {
  return removeAll(folder, '');
}

async function compile(folder: string, tensorflow: Tensorflow, out: Writable): Promise<string | null> {
  const deps = path.join(folder, 'deps');
  const names = path.join(deps, 'names');
  await mkdir(names, { recursive: true });
  await symlink(path.join(tensorflow.folder, 'include'), path.join(deps, 'include'));
  // The binding looks for libraries in `deps/lib`. A link to the whole folder, because TensorFlow finds CUDA's libraries
  // relative to its own, as `../nvidia`: that leads through a linked folder, but not from a linked file.
  await symlink(tensorflow.folder, path.join(deps, 'lib'));
  await symlink(path.join(tensorflow.folder, LIBRARIES.tensorflow), path.join(names, 'libtensorflow.so'));
  await symlink(path.join(tensorflow.folder, LIBRARIES.framework), path.join(names, 'libtensorflow_framework.so'));
  // Where the linker finds them by the names that the binding's build asks for.
  const failure = await runNativeBuild({ folder, command: COMPILE, variables: { LIBRARY_PATH: names } }, out);
  await rm(path.join(folder, 'build'), { recursive: true, force: true });
  return failure;
}

/** @throws {CliError} `NO_COMPILER` */
function requireTools(): void {
  const compiler = process.env.CXX?.split(' ')[0] ?? 'g++';
  const missing = [compiler, 'make', 'python3'].filter((tool) => !isOnPath(tool));
  if (missing.length === 0) return;
  const message = `Compiling the binding needs ${missing.join(' and ')}, not found on the path.`;
  throw new CliError('NO_COMPILER', message, 'Debian: apt-get install g++ make python3');
}

function isOnPath(tool: string): boolean {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.some((folder) => existsSync(path.resolve(folder, tool)));
}

async function moveAll(folder: string, from: string, to: string): Promise<void> {
  await removeAll(folder, to);
  for (const name of MADE) {
    const source = path.join(folder, name + from);
    if (existsSync(source)) await rename(source, path.join(folder, name + to));
  }
}

async function removeAll(folder: string, suffix: string): Promise<void> {
  for (const name of MADE) await rm(path.join(folder, name + suffix), { recursive: true, force: true });
}
