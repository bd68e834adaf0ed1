import { type NativePackage, probeEngine } from '@assay/training';
import { CliError } from '../cli-error.js';
import { runNativeBuild } from '../native-build.js';
import { unlinkTensorflow } from '../tensorflow/link-tensorflow.js';
import { requireNativePackage } from '../tensorflow/require-package.js';

const WITHOUT =
  'Training works without it, with --engine onnx. assay engine link  takes a TensorFlow of this machine instead.';

/**
 * `assay engine install <engine>`: runs the build script that the package manager skipped, then tries the engine.
 * @throws {CliError} `BAD_OPTION`, `INSTALL_FAILED`
 */
export async function engineInstall(engine: string): Promise<void> {
  const found = requireNativePackage(engine);
  if ((await probeEngine(found.backend)).failure === null) return done(`${engine} is installed already.`);
  await fetchLibrary(found);
  const { failure } = await probeEngine(found.backend);
  if (failure === null) return done(`${engine} is installed.`);
  throw new CliError('INSTALL_FAILED', `${engine} was built, but ${failure}`, WITHOUT);
}

function done(line: string): void {
  process.stdout.write(`${line} assay run <study> --engine tfjs  uses it.\n`);
}

/** TensorFlow 2.9.1, for the GPU with CUDA 11.2; nothing half done stays. */
async function fetchLibrary({ engine, folder, installScript }: NativePackage): Promise<void> {
  process.stderr.write(`Fetching TensorFlow’s native library (hundreds of megabytes) into ${folder}\n`);
  // A link that no longer works would lead what is fetched into Python's folder.
  await unlinkTensorflow(folder);
  const failure = await runNativeBuild({ folder, command: installScript }, process.stderr);
  if (failure === null) return;
  await unlinkTensorflow(folder);
  throw new CliError('INSTALL_FAILED', `${engine} could not be fetched: ${failure}`, WITHOUT);
}
