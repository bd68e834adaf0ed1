import type * as TensorFlow from '@tensorflow/tfjs';
import { TrainingError } from '../training-error.js';
import { loadWebgpu, webgpuAdapter } from './webgpu.js';

/** The module `@tensorflow/tfjs`, which is imported only where a tfjs engine is made. */
export type Tf = (typeof TensorFlow)['default'];

/** TensorFlow's native library with CUDA, or without; a GPU through WebGPU; WebAssembly on one thread; plain JavaScript. */
export type TfjsBackend = 'node-gpu' | 'node' | 'webgpu' | 'wasm' | 'cpu';

/** All there are. */
export const TFJS_BACKENDS: readonly TfjsBackend[] = ['node-gpu', 'node', 'webgpu', 'wasm', 'cpu'];

/**
 * What is tried where none is named, the fastest first. WebGPU waits to be asked: small networks need many short kernels, for
 * which a GPU may be no faster than WebAssembly, and a rasterizer is far slower.
 */
const UNASKED: readonly TfjsBackend[] = ['node-gpu', 'node', 'wasm', 'cpu'];

/** A backend that was tried, and why it does not work here. */
export interface RefusedBackend {
  readonly backend: TfjsBackend;
  readonly reason: string;
}

export interface LoadedTfjs {
  readonly tf: Tf;
  readonly backend: TfjsBackend;
  /** The faster ones that were tried before. */
  readonly refused: readonly RefusedBackend[];
}

/** What TensorFlow.js calls them; both native packages register the same backend. */
export const REGISTERED_NAMES: Readonly<Record<TfjsBackend, string>> = {
  'node-gpu': 'tensorflow',
  node: 'tensorflow',
  webgpu: 'webgpu',
  wasm: 'wasm',
  cpu: 'cpu',
};

/**
 * Imports TensorFlow.js and starts the first of `wanted` that works here.
 * @throws {TrainingError} `ENGINE_UNAVAILABLE` with every backend's reason when none does
 */
export async function loadTfjs(wanted: readonly TfjsBackend[] = UNASKED): Promise<LoadedTfjs> {
  // The native library reads these when it is loaded, as the main thread set them: a worker's environment is a copy.
  // Without oneDNN a small network trains no slower, and TensorFlow does not print that it is on.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
  const tf = await importTfjs();
  // Production mode is what silences banners and warnings, which would land in a terminal user interface.
  tf.enableProdMode();
  const refused: RefusedBackend[] = [];
  for (const backend of wanted) {
    try {
      await start(tf, backend);
      return { tf, backend, refused };
    } catch (cause) {
      refused.push({ backend, reason: reasonOf(cause) });
    }
  }
  throw new TrainingError('ENGINE_UNAVAILABLE', `tfjs does not work here: ${describeRefused(refused)}`);
}

/** `node-gpu: not installed; node: ...` */
export function describeRefused(refused: readonly RefusedBackend[]): string {
  return refused.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
}

async function importTfjs(): Promise<Tf> {
  try {
    return (await import('@tensorflow/tfjs')).default;
  } catch (cause) {
    throw new TrainingError('ENGINE_UNAVAILABLE', `TensorFlow.js does not load: ${reasonOf(cause)}`, { cause });
  }
}

async function start(tf: Tf, backend: TfjsBackend): Promise<void> {
  switch (backend) {
    case 'node-gpu':
      await importOptional('@tensorflow/tfjs-node-gpu');
      await use(tf, backend);
      if (!(tf.backend() as NativeBackend).isUsingGpuDevice) throw new Error('TensorFlow finds no CUDA device');
      return;
    case 'node':
      // The GPU package without a device computes on the CPU; a second native TensorFlow in one process would clash.
      if (tf.findBackendFactory(REGISTERED_NAMES.node) === null) await importOptional('@tensorflow/tfjs-node');
      return use(tf, backend);
    case 'webgpu':
      // Throws where there is no adapter: TensorFlow.js would only say that it failed, and Dawn print why.
      await webgpuAdapter();
      if (tf.findBackendFactory(REGISTERED_NAMES.webgpu) === null) await loadWebgpu();
      return use(tf, backend);
    case 'wasm':
      return withoutNewHandlers(async () => {
        await import('@tensorflow/tfjs-backend-wasm');
        await use(tf, backend);
      });
    case 'cpu':
      return use(tf, backend);
  }
}

/** The part of tfjs-node's backend that TensorFlow.js' own type does not have. */
interface NativeBackend {
  readonly isUsingGpuDevice?: boolean;
}

/** The name is no literal, so that an optional package which is not there is no compile error. */
async function importOptional(name: string): Promise<void> {
  await import(name);
}

async function use(tf: Tf, backend: TfjsBackend): Promise<void> {
  if (!(await tf.setBackend(REGISTERED_NAMES[backend]))) throw new Error('its initialization failed');
}

/**
 * WebAssembly's loader (emscripten) installs handlers that rethrow every uncaught error and rejection of the process,
 * whoever handles them otherwise. They are taken off again.
 */
async function withoutNewHandlers(work: () => Promise<void>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'];
  const before = events.map((event) => process.listeners(event as 'beforeExit'));
  await work();
  events.forEach((event, i) => {
    const added = process.listeners(event as 'beforeExit').filter((handler) => !before[i]!.includes(handler));
    for (const handler of added) process.off(event, handler);
  });
}

function reasonOf(cause: unknown): string {
  const { message, code } = cause as { readonly message?: unknown; readonly code?: unknown };
  const text = typeof message === 'string' ? message : String(cause);
  if (text.includes('tfjs_binding.node) can not be found')) {
    const engine = text.includes('tfjs-node-gpu') ? 'tensorflow-gpu' : 'tensorflow';
    return `its native library is not there (assay engine install ${engine}, or assay engine link)`;
  }
  if (code === 'ERR_MODULE_NOT_FOUND') return 'not installed';
  return text.split('\n', 1)[0]!.trim();
}
