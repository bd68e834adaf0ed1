import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { originFacts } from './origin-facts.js';
import { temporaryFolder } from './testing/assay-process.js';
import { VERSION } from './version.js';

it('tells commit and author where the study file lies in a repository', async () => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'my.study.ts');
  writeFileSync(file, '');
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8' }).trim();
  git('init', '-q');
  git('config', 'user.name', 'Ada Lovelace');
  git('add', '.');
  git('-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', 'commit', '-q', '-m', 'A study');
  git('-c', 'user.email=ada@example.org', 'tag', '-a', 'v1', '-m', 'a tag does not hide the commit');
  const commit = git('rev-parse', 'HEAD');
  const facts = { studyFile: file, assay: VERSION, host: hostname(), author: 'Ada Lovelace' };
  expect(await originFacts(file)).toEqual({ ...facts, commit });
  writeFileSync(file, '// changed');
  expect(await originFacts(file)).toEqual({ ...facts, commit: `${commit}-dirty` });
});

it('does without a repository', async () => {
  const file = path.join(temporaryFolder(), 'my.study.ts');
  const facts = await originFacts(file);
  expect(facts).toMatchObject({ studyFile: file, assay: VERSION, host: hostname() });
  expect(facts).not.toHaveProperty('commit');
  expect(facts.author).not.toBe('');
});

it('has the version that package.json says', () => {
  const { version } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8'));
  expect(VERSION).toBe(version);
});
