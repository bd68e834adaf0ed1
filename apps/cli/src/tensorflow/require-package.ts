import { findNativePackage, isNativeEngine, type NativePackage } from '@assay/training';
import { CliError } from '../cli-error.js';

/**
 * The package of an engine as somebody typed it.
 * @throws {CliError} `BAD_OPTION`, `INSTALL_FAILED`
 */
export function requireNativePackage(engine: string): NativePackage {
  if (!isNativeEngine(engine)) {
    const hint = 'Choose tensorflow (CPU) or tensorflow-gpu (CUDA).';
    throw new CliError('BAD_OPTION', `There is no engine '${engine}' to install.`, hint);
  }
  const found = findNativePackage(engine);
  if (found !== null) return found;
  const hint = 'Install the dependencies again, the optional ones too.';
  throw new CliError('INSTALL_FAILED', `The optional package of ${engine} is not there.`, hint);
}
