import path from 'node:path';
import { DEFINITION_DEFAULTS, type StudyDefinition } from '@assay/study';
import { describe, expect, it } from 'vitest';
import { goOnCommand, moreTrialsHint, storedGoOnCommand } from './go-on-command.js';

const STORE = '.assay/assay.db';
const BUILT_IN = path.resolve(import.meta.dirname, '../../../studies/taxifare/study.ts');
const asAssay = (command: string | null): string | null => command?.replace('npx assay', 'assay') ?? null;

it.each([
  { name: 'mine', store: STORE, command: "assay run 'my study.ts' --trials 20" },
  { name: 'other', store: 'a b.db', command: "assay run 'my study.ts' --name other --trials 20 --store 'a b.db'" },
])('goes on with $name in $store', ({ name, store, command }) => {
  const going = { typed: 'my study.ts', name, nameInFile: 'mine', store };
  expect(asAssay(goOnCommand(going, '--trials 20'))).toBe(command);
});

describe('storedGoOnCommand', () => {
  const stored = (name: string, studyFile: string | null, more: Partial<StudyDefinition> = {}): string | null => {
    const facts = studyFile === null ? {} : { studyFile };
    const definition = { ...DEFINITION_DEFAULTS, space: [], sampler: null, pruner: null, seed: 1, facts, ...more };
    return asAssay(storedGoOnCommand({ name, definition }, STORE));
  };

  it.each([
    { study: 'named as its file', name: 'my', file: path.resolve('my.study.ts'), command: 'assay run ./my.study.ts' },
    {
      study: 'of another name',
      name: 'b',
      file: path.resolve('my.study.ts'),
      command: 'assay run ./my.study.ts --name b',
    },
    { study: 'elsewhere', name: 'my', file: '/else/my.study.ts', command: 'assay run /else/my.study.ts' },
    { study: 'built in', name: 'taxifare', file: BUILT_IN, command: 'assay run taxifare' },
    { study: 'of another tool', name: 'my', file: null, command: null },
  ])('of a study $study', ({ name, file, command }) => expect(stored(name, file)).toBe(command));

  it('of a study that confirms another one', () => {
    expect(stored('my-confirm', path.resolve('my.study.ts'), { confirms: 'my' })).toBe('assay confirm my');
  });

  it('is named where trials are missing, as far as the store knows it', () => {
    const facts = { studyFile: path.resolve('my.study.ts') };
    const definition = { ...DEFINITION_DEFAULTS, space: [], sampler: null, pruner: null, seed: 1, facts };
    const hint = moreTrialsHint({ name: 'b', definition }, 'my.db').replaceAll('npx assay', 'assay');
    expect(hint).toBe(
      'assay trials b --store my.db  lists them; assay run ./my.study.ts --name b --store my.db  adds some.',
    );
    expect(asAssay(moreTrialsHint({ name: 'b', definition: null }, STORE))).toBe('assay trials b  lists them.');
  });
});
