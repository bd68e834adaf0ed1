import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

/** What WebGPU computes on. */
export interface WebgpuAdapter {
  /** Maker, kind and driver. */
  readonly name: string;
  /** A rasterizer on the processor: right, and slower than every other backend. */
  readonly software: boolean;
}

/** The package `webgpu`: Dawn, the implementation of WebGPU in Chromium. */
interface Dawn {
  create(options: readonly string[]): object;
  /** `GPUBuffer`, `GPUBufferUsage` ..., which TensorFlow.js expects among the globals. */
  readonly globals: object;
}

const DAWN = 'webgpu';
const TFJS_WEBGPU = '@tensorflow/tfjs-backend-webgpu';

/** This package's folder, from where the optional packages resolve. */
const PACKAGE = resolve(import.meta.dirname, '../..');
const TIME_LIMIT_MS = 30_000;

/** The adapter that TensorFlow.js asks for. */
const ASK = `
  import { create } from '${DAWN}';
  const adapter = await create([]).requestAdapter({ powerPreference: 'high-performance' });
  const { vendor, architecture, description, isFallbackAdapter } = adapter?.info ?? {};
  const name = vendor + ' ' + architecture + ': ' + description;
  console.log('adapter ' + JSON.stringify(adapter && { name, software: isFallbackAdapter }));`;

let asked: Promise<WebgpuAdapter> | null = null;

/** `askAdapter`, once per thread. */
export function webgpuAdapter(): Promise<WebgpuAdapter> {
  asked ??= askAdapter();
  return asked;
}

/**
 * Asks in a process of its own: a driver that crashes takes nothing else along, and what Dawn prints where it finds none stays
 * off the terminal.
 * @throws {Error} with the reason why there is none
 */
export function askAdapter(): Promise<WebgpuAdapter> {
  const args = ['--input-type=module', '--eval', ASK];
  return new Promise((found, none) => {
    execFile(process.execPath, args, { cwd: PACKAGE, timeout: TIME_LIMIT_MS }, (error, stdout, stderr) => {
      const told = /^adapter (.*)$/m.exec(stdout)?.[1];
      const adapter = told === undefined ? null : (JSON.parse(told) as WebgpuAdapter | null);
      if (adapter !== null) found(adapter);
      else none(new Error(told === undefined ? reasonOf(error, stderr) : `no GPU driver that Dawn can use${VULKAN}`));
    });
  });
}

const VULKAN = process.platform === 'linux' ? ' (Vulkan)' : '';

function reasonOf(error: Error | null, stderr: string): string {
  if (stderr.includes('ERR_MODULE_NOT_FOUND')) return 'not installed';
  const said = /^\w*Error.*$/m.exec(stderr)?.[0] ?? error?.message.split('\n', 1)[0];
  return `Dawn does not start: ${said ?? 'it said nothing'}`;
}

/** Registers the backend: imports Dawn and TensorFlow.js' part, and makes the globals that it needs. */
export async function loadWebgpu(): Promise<void> {
  const { create, globals } = (await import(DAWN)) as Dawn;
  Object.assign(globalThis, globals);
  const { navigator = {} } = globalThis as { readonly navigator?: object };
  Object.defineProperty(navigator, 'gpu', { value: create([]), configurable: true });
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true });
  await import(TFJS_WEBGPU);
}

/** `nvidia ampere: NVIDIA 550.54`, with a warning behind a rasterizer. */
export function describeAdapter({ name, software }: WebgpuAdapter): string {
  return software ? `${name} (software: right but slow)` : name;
}
