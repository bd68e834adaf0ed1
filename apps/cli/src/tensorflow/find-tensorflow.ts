import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../cli-error.js';

/** A TensorFlow as Python's package manager installs it: libraries, headers, and how it was built. */
export interface Tensorflow {
  /** `<site-packages>/tensorflow` */
  readonly folder: string;
  /** Null where nothing tells it. */
  readonly version: string | null;
  /** The CUDA version that it was built for; null: it computes on the CPU only. */
  readonly cuda: string | null;
}

/** What the binding is linked with, in a TensorFlow's folder. */
export const LIBRARIES = { tensorflow: 'libtensorflow_cc.so.2', framework: 'libtensorflow_framework.so.2' } as const;

/** Finds the package without importing it, which would take seconds. */
const LOCATE = `import importlib.util as u; s = u.find_spec('tensorflow'); print(s.submodule_search_locations[0] if s else '')`;

const HOW_TO_NAME_ONE = `Name its folder: python -c 'import tensorflow; print(tensorflow.__path__[0])'  prints it.
  pip install tensorflow-cpu  gets one, pip install 'tensorflow[and-cuda]'  one for NVIDIA GPUs.`;

/**
 * @param dir the folder of the package, or of the environment or the site-packages that it is in; undefined: Python is asked
 * @throws {CliError} `NO_TENSORFLOW`
 */
export async function findTensorflow(dir: string | undefined): Promise<Tensorflow> {
  const candidates = dir === undefined ? await pythonsFolders() : await foldersUnder(path.resolve(dir));
  const found = candidates.find((folder) => existsSync(path.join(folder, LIBRARIES.tensorflow)));
  if (found === undefined) {
    const place = dir === undefined ? `No Python on the path has TensorFlow` : `There is no TensorFlow in ${dir}`;
    throw new CliError('NO_TENSORFLOW', `${place} (${LIBRARIES.tensorflow} beside its headers).`, HOW_TO_NAME_ONE);
  }
  const folder = await realpath(found);
  requireParts(folder);
  return { folder, version: await versionOf(folder), cuda: await cudaOf(folder) };
}

function requireParts(folder: string): void {
  const parts = [LIBRARIES.framework, 'include/tensorflow/c/c_api.h', 'include/tensorflow/c/eager/c_api.h'];
  const missing = parts.filter((part) => !existsSync(path.join(folder, part)));
  if (missing.length === 0) return;
  const message = `The TensorFlow in ${folder} cannot be compiled against: ${missing.join(', ')} is not there.`;
  throw new CliError('NO_TENSORFLOW', message, 'Packages that pip installs have headers and both libraries.');
}

async function foldersUnder(dir: string): Promise<string[]> {
  const pythons = await namesIn(path.join(dir, 'lib'));
  const ofEnvironment = pythons
    .filter((name) => name.startsWith('python'))
    .map((name) => path.join(dir, 'lib', name, 'site-packages', 'tensorflow'));
  return [dir, path.join(dir, 'tensorflow'), ...ofEnvironment];
}

/** Of the Pythons that somebody means: the one of our tests, the active environment's, the system's. */
async function pythonsFolders(): Promise<string[]> {
  const pythons = [process.env.ASSAY_PYTHON, 'python3', 'python'].filter((name) => name !== undefined && name !== '');
  const asked = await Promise.allSettled(pythons.map((python) => promisify(execFile)(python!, ['-c', LOCATE])));
  return asked.flatMap((told) => (told.status === 'fulfilled' ? [told.value.stdout.trim()] : [])).filter(Boolean);
}

/** As the folder beside the package has it: `tensorflow_cpu-2.21.0.dist-info`. */
async function versionOf(folder: string): Promise<string | null> {
  const names = await namesIn(path.dirname(folder));
  const versions = names.map((name) => /^tensorflow(?:_\w+)?-(\d+\.\d+\.\w+)\.dist-info$/.exec(name)?.[1]);
  return versions.find((version) => version !== undefined) ?? null;
}

async function cudaOf(folder: string): Promise<string | null> {
  const file = path.join(folder, 'python', 'platform', 'build_info.py');
  if (!existsSync(file)) return null;
  const text = await readFile(file, 'utf8');
  if (!/'is_cuda_build', True/.test(text)) return null;
  return /'cuda_version', '([\d.]+)'/.exec(text)?.[1] ?? 'of unknown version';
}

async function namesIn(folder: string): Promise<string[]> {
  return existsSync(folder) ? (await readdir(folder)).sort() : [];
}
