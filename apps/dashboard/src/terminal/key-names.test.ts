import type { Key } from 'ink';
import { expect, it } from 'vitest';
import { keyNames } from './key-names.js';

const none = {} as Key;

it.each([
  { name: 'a letter', input: 'q', key: none, names: ['q'] },
  { name: 'an arrow', input: '', key: { ...none, upArrow: true }, names: ['up'] },
  { name: '0x7F, which Ink calls delete', input: '', key: { ...none, delete: true }, names: ['backspace'] },
  { name: 'backspace', input: '', key: { ...none, backspace: true }, names: ['backspace'] },
  { name: 'Ctrl-C', input: 'c', key: { ...none, ctrl: true }, names: ['ctrl+c'] },
  { name: 'Shift-Tab', input: '', key: { ...none, tab: true, shift: true }, names: ['shift+tab'] },
  { name: 'fast typing', input: 'ab\x7f\x03', key: none, names: ['a', 'b', 'backspace', 'ctrl+c'] },
  { name: 'pasted text', input: 'lr>出', key: none, names: ['l', 'r', '>', '出'] },
])('$name', ({ input, key, names }) => expect(keyNames(input, key)).toEqual(names));
