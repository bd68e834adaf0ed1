import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PrepareContext } from '@assay/study';
import { onTestFinished } from 'vitest';

/** A folder with empty files of these names, for as long as the test runs: where a study looks for its tables. */
export function folderWith(...files: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-sources-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), '');
  }
  return folder;
}

/** What a study is given to prepare with; no folder of data, and the onnx engine, unless the changes say otherwise. */
export function prepareContextOf(cacheDir: string, changes: Partial<PrepareContext> = {}): PrepareContext {
  const { signal } = new AbortController();
  const where = { cacheDir, dataDir: null, signal, onProgress: () => undefined };
  return { ...where, engine: 'onnx', maxBad: undefined, ...changes };
}
