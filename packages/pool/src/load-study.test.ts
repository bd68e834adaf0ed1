import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadStudy } from './load-study.js';
import { createPool } from './pool.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'assay-study-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function studyFile(name: string, source: string): Promise<string> {
  await writeFile(path.join(folder, name), source);
  return pathToFileURL(path.join(folder, name)).href;
}

const SPACE = '{ parameters: [], decode: (values) => values, encode: (params) => params }';
const VALID = `{ name: 'a', space: ${SPACE}, directions: ['minimize'], metrics: ['mae'], objective: () => 1 }`;

it.each(['plain.mjs', 'plain.ts', 'plain.mts'])('loads %s', async (name) => {
  const study = await loadStudy(await studyFile(name, `export default ${VALID};`));
  expect(study.name).toBe('a');
});

it('finds a package where it is told to', async () => {
  const library = await studyFile('library.mjs', "export const title = 'from the library';");
  const url = await studyFile(
    'imports.ts',
    `import { title } from 'no-such-package';\nexport default { ...${VALID}, name: title };`,
  );
  const study = await loadStudy(url, { 'no-such-package': new URL(library).pathname });
  expect(study.name).toBe('from the library');
});

const UNUSABLE = [
  {
    name: 'no-default.ts',
    source: 'export const a = 1;',
    code: 'NOT_A_STUDY',
    message: /no-default\.ts .*no default export/,
  },
  {
    name: 'a-number.mjs',
    source: 'export default 7;',
    code: 'NOT_A_STUDY',
    message: /a-number\.mjs .*default export is 7/,
  },
  {
    name: 'incomplete.ts',
    source: `export default { ...${VALID}, objective: 'f', directions: ['down'] };`,
    code: 'NOT_A_STUDY',
    message:
      /directions must be a list of 'minimize' and 'maximize', got \[ 'down' \]; objective must be a function, got 'f'/,
  },
  {
    name: 'one-metric.ts',
    source: `export default { ...${VALID}, directions: ['minimize', 'maximize'] };`,
    code: 'NOT_A_STUDY',
    message: /metrics must be a name per direction, got \[ 'mae' \]/,
  },
  {
    name: 'empty-space.ts',
    source: `export default { ...${VALID}, space: {} };`,
    code: 'NOT_A_STUDY',
    message: /space must be made by/,
  },
  {
    name: 'throws.ts',
    source: "throw new Error('no licence');",
    code: 'STUDY_NOT_LOADED',
    message: /throws\.ts .*no licence/,
  },
  {
    name: 'syntax.mjs',
    source: 'export default {',
    code: 'STUDY_NOT_LOADED',
    message: /syntax\.mjs could not be loaded/,
  },
  {
    name: 'syntax.ts',
    source: 'export default {',
    code: 'STUDY_NOT_LOADED',
    message: /syntax\.ts could not be loaded/,
  },
  {
    name: 'missing.ts',
    source: "import 'no-such-package';",
    code: 'STUDY_NOT_LOADED',
    message: /missing\.ts .*no-such-package/,
  },
];

it.each(UNUSABLE)('refuses $name, in this thread and in a worker', async ({ name, source, code, message }) => {
  const url = await studyFile(name, source);
  const refusal = expect.objectContaining({ name: 'PoolError', code, message: expect.stringMatching(message) });
  await expect(loadStudy(url)).rejects.toEqual(refusal);
  await expect(createPool({ studyUrl: url, data: null, workers: 1 })).rejects.toEqual(refusal);
});

it('refuses a file that is not there', async () => {
  const refusal = expect.objectContaining({
    code: 'STUDY_NOT_LOADED',
    message: expect.stringMatching(/nowhere\.ts .*no such file/),
  });
  await expect(loadStudy(pathToFileURL(path.join(folder, 'nowhere.ts')).href)).rejects.toEqual(refusal);
});

it.each([
  { name: 'exits.ts', source: 'process.exit(4);', message: /exits\.ts ended its worker.* 4/ },
  {
    name: 'late.ts',
    source: "setTimeout(() => { throw new Error('late'); }); await new Promise(() => {});",
    message: /late\.ts ended .*late/,
  },
  {
    name: 'heap.ts',
    source: 'const a = []; for (;;) a.push(new Array(1000).fill(0.5));',
    message: /heap\.ts ended .*heap out of memory/,
  },
])('names a study whose import ends its worker: $name', async ({ name, source, message }) => {
  const url = await studyFile(name, source);
  const refusal = expect.objectContaining({ code: 'STUDY_NOT_LOADED', message: expect.stringMatching(message) });
  await expect(createPool({ studyUrl: url, data: null, workers: 1, maxHeapMb: 64 })).rejects.toEqual(refusal);
});

it.each([
  { options: { workers: 0 }, message: 'workers must be an integer of at least 1, got 0' },
  { options: { workers: 1.5 }, message: 'workers must be an integer of at least 1, got 1.5' },
  { options: { maxHeapMb: 1 }, message: 'maxHeapMb must be at least 16, got 1' },
  { options: { studyUrl: './study.ts' }, message: 'studyUrl must be a file: URL, got ./study.ts' },
  { options: { data: () => 1 }, message: /data must be plain data/ },
])('refuses $options', async ({ options, message }) => {
  const studyUrl = await studyFile('fine.mjs', `export default ${VALID};`);
  const refusal = expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(message) });
  await expect(createPool({ studyUrl, data: null, workers: 1, ...options })).rejects.toEqual(refusal);
});
