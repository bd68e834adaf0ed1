import { findNativePackage, isNativeEngine, type NativePackage, probeEngine } from '@assay/training';
import { CliError } from '../cli-error.js';
import { buildNativePackage } from '../native-build.js';

/**
 * `assay engine install <engine>`: runs the build script that the package manager skipped, then tries the engine.
 * @throws {CliError} `BAD_OPTION`, `INSTALL_FAILED`
 */
export async function engineInstall(engine: string): Promise<void> {
  if (!isNativeEngine(engine)) {
    const hint = 'Choose tensorflow (CPU) or tensorflow-gpu (CUDA).';
    throw new CliError('BAD_OPTION', `There is no engine '${engine}' to install.`, hint);
  }
  const found = findNativePackage(engine);
  if (found === null) {
    const hint = 'Install the dependencies again, the optional ones too.';
    throw new CliError('INSTALL_FAILED', `The optional package of ${engine} is not there.`, hint);
  }
  if ((await probeEngine(found.backend)).failure === null) return done(`${engine} is installed already.`);
  await build(found);
  const { failure } = await probeEngine(found.backend);
  if (failure === null) return done(`${engine} is installed.`);
  throw new CliError('INSTALL_FAILED', `${engine} was built, but ${failure}`, byHand(found));
}

function done(line: string): void {
  process.stdout.write(`${line} assay run <study> --engine tfjs  uses it.\n`);
}

async function build(found: NativePackage): Promise<void> {
  const what = found.hasLibrary
    ? `Compiling the binding for the TensorFlow library in ${found.folder}`
    : `Fetching TensorFlow’s native library (hundreds of megabytes) into ${found.folder}`;
  process.stderr.write(`${what}\n`);
  const failure = await buildNativePackage(found, process.stderr);
  if (failure === null) return;
  const message = found.hasLibrary
    ? `${found.engine} could not be compiled: ${failure}`
    : `${found.engine} could not be fetched: ${failure}`;
  throw new CliError('INSTALL_FAILED', message, byHand(found));
}

/** How to use a current TensorFlow, which is also the way to a current GPU: the packaged one is 2.9, for CUDA 11.2. */
function byHand({ engine, folder }: NativePackage): string {
  const wheel = engine === 'tensorflow' ? 'tensorflow-cpu' : 'tensorflow[and-cuda]';
  return `Training works without it, with --engine onnx. By hand, with a current TensorFlow (Linux):
  1. pip install '${wheel}'; T is the folder of the installed package, <site-packages>/tensorflow
  2. cd ${folder}
     mkdir -p deps/lib && ln -s $T/include deps/include
     for name in libtensorflow.so libtensorflow.so.2 libtensorflow_cc.so.2; do ln -s $T/libtensorflow_cc.so.2 deps/lib/$name; done
     for name in libtensorflow_framework.so libtensorflow_framework.so.2; do ln -s $T/libtensorflow_framework.so.2 deps/lib/$name; done
  3. assay engine install ${engine}   (compiles the binding; needs a C++ compiler and Python)`;
}
