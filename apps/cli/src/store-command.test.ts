import { expect, it } from 'vitest';
import { commandStyle, storeCommand } from './store-command.js';

it.each([
  { store: '.assay/assay.db', env: undefined, flags: '' },
  { store: 'sqlite:///.assay/assay.db', env: undefined, flags: '' },
  { store: 'my.db', env: 'my.db', flags: '' },
  { store: 'sqlite:///my.db', env: 'my.db', flags: '' },
  { store: 'postgresql://me:***@db/a', env: 'postgresql://me:secret@db/a', flags: '' },
  { store: 'my.db', env: 'other.db', flags: '--store my.db' },
  { store: '.assay/assay.db', env: 'my.db', flags: '--store .assay/assay.db' },
  { store: 'a b.db', env: undefined, flags: "--store 'a b.db'" },
  { store: 'postgresql://me@db/a', env: undefined, flags: '--store postgresql://me@db/a' },
  { store: 'postgresql://me:secret@db/a', env: undefined, flags: "--store 'postgresql://me:***@db/a'" },
  {
    store: 'postgresql://db/a?user=me&password=secret',
    env: undefined,
    flags: "--store 'postgresql://db/a?user=me&password=***'",
  },
])('a command on $store is given [$flags] where ASSAY_STORE is $env', ({ store, env, flags }) => {
  expect(commandStyle(store, { ASSAY_STORE: env }).flags).toBe(flags);
});

it('puts the store behind the words', () => {
  const command = storeCommand('my.db', 'best', '', 'my');
  expect(command.replace('npx assay', 'assay')).toBe('assay best my --store my.db');
});
