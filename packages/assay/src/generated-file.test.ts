import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { generatedFile } from './generated-file.js';
import { temporaryFolder } from './line-table.test.kit.js';

const folder = temporaryFolder();

it('is made once, with its folder', async () => {
  const file = path.join(folder, 'new', 'rows.csv');
  const write = async (part: string) => writeFileSync(part, 'a\n1\n');
  expect(await generatedFile(file, write)).toBe(file);
  writeFileSync(file, 'untouched');
  expect(await generatedFile(file, write)).toBe(file);
  expect(readFileSync(file, 'utf8')).toBe('untouched');
  expect(readdirSync(path.dirname(file))).toEqual(['rows.csv']);
});

it('does not appear where writing fails half way', async () => {
  const file = path.join(folder, 'half.csv');
  const write = async (part: string) => {
    writeFileSync(part, 'a\n');
    throw new Error('disk full');
  };
  await expect(generatedFile(file, write)).rejects.toThrow('disk full');
  expect(readdirSync(folder)).not.toContain('half.csv');
});
