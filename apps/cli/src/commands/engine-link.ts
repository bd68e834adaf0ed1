import { type NativeEngine, probeEngine } from '@assay/training';
import { CliError } from '../cli-error.js';
import { findTensorflow, type Tensorflow } from '../tensorflow/find-tensorflow.js';
import { linkTensorflow, unlinkTensorflow } from '../tensorflow/link-tensorflow.js';
import { requireNativePackage } from '../tensorflow/require-package.js';

export interface EngineLinkOptions {
  /** Default: the GPU's for a TensorFlow that was built for CUDA, else the CPU's. */
  readonly engine?: string;
  readonly undo?: boolean;
}

const ENGINES: readonly NativeEngine[] = ['tensorflow', 'tensorflow-gpu'];

/**
 * `assay engine link [dir]`: compiles TensorFlow.js' binding against a TensorFlow of this machine, then tries the engine.
 * @throws {CliError} `BAD_OPTION`, `NO_TENSORFLOW`, `NO_COMPILER`, `INSTALL_FAILED`
 */
export async function engineLink(dir: string | undefined, options: EngineLinkOptions): Promise<void> {
  if (options.undo === true) return undo(options.engine);
  if (process.platform !== 'linux') {
    throw new CliError('BAD_OPTION', `assay engine link works on Linux, not on ${process.platform}.`);
  }
  const tensorflow = await findTensorflow(dir);
  const { engine, folder, backend } = requireNativePackage(options.engine ?? engineOf(tensorflow));
  process.stderr.write(`Found ${describe(tensorflow)}\nCompiling the binding in ${folder}\n`);
  const failed = await linkTensorflow(folder, tensorflow, process.stderr);
  if (failed !== null) {
    throw new CliError('INSTALL_FAILED', `The binding could not be compiled: ${failed}`, 'Nothing was changed.');
  }
  const { failure } = await probeEngine(backend);
  const undoing = `assay engine link --undo --engine ${engine}  takes it out again.`;
  if (failure !== null) throw new CliError('INSTALL_FAILED', `${engine} is linked, but ${failure}`, undoing);
  process.stdout.write(
    `${engine} is linked to ${describe(tensorflow)}\nassay run <study> --engine tfjs  uses it; ${undoing}\n`,
  );
}

function engineOf({ cuda }: Tensorflow): NativeEngine {
  return cuda === null ? 'tensorflow' : 'tensorflow-gpu';
}

/** `TensorFlow 2.21.0 (CPU) in /some/where/tensorflow` */
function describe({ folder, version, cuda }: Tensorflow): string {
  return `TensorFlow ${version ?? 'of unknown version'} (${cuda === null ? 'CPU' : `CUDA ${cuda}`}) in ${folder}`;
}

async function undo(engine: string | undefined): Promise<void> {
  for (const name of engine === undefined ? ENGINES : [engine]) {
    const { folder } = requireNativePackage(name);
    await unlinkTensorflow(folder);
    process.stdout.write(`${name} has no native library any more (${folder})\n`);
  }
}
