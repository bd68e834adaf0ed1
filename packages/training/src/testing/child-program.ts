import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/** This package's folder, where a program's `import '@assay/training'` finds what was built. */
const PACKAGE = resolve(import.meta.dirname, '../..');

/** Runs a module given as text in a process of its own. Rejects when it fails. */
export function runProgram(text: string, flags: readonly string[] = []): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [...flags, '--input-type=module', '--eval', text], { cwd: PACKAGE });
}
