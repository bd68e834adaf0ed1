import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { TfjsBackend } from './tfjs-backend.js';

/** TensorFlow's native library, for the CPU or for CUDA. */
export type NativeEngine = 'tensorflow' | 'tensorflow-gpu';

/** An optional package as the package manager left it: its JavaScript is there, its build script did not run. */
export interface NativePackage {
  readonly engine: NativeEngine;
  readonly backend: TfjsBackend;
  /** `@tensorflow/tfjs-node` ... */
  readonly name: string;
  readonly folder: string;
  /** The build script, a shell command that downloads the library and builds or downloads the binding. */
  readonly installScript: string;
}

const PACKAGES: Readonly<Record<NativeEngine, { readonly name: string; readonly backend: TfjsBackend }>> = {
  tensorflow: { name: '@tensorflow/tfjs-node', backend: 'node' },
  'tensorflow-gpu': { name: '@tensorflow/tfjs-node-gpu', backend: 'node-gpu' },
};

export function isNativeEngine(name: string): name is NativeEngine {
  return Object.hasOwn(PACKAGES, name);
}

/** Null where the package manager left the optional dependency out altogether. */
export function findNativePackage(engine: NativeEngine): NativePackage | null {
  const { name, backend } = PACKAGES[engine];
  const manifest = manifestOf(name);
  if (manifest === null) return null;
  const folder = dirname(manifest);
  const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly scripts: { readonly install: string } };
  return { engine, backend, name, folder, installScript: scripts.install };
}

function manifestOf(name: string): string | null {
  try {
    return createRequire(import.meta.url).resolve(`${name}/package.json`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}
