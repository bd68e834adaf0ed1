import { expect, it } from 'vitest';
import { marksAsked } from './mark-trials.js';

it('reads what each option asks for, trial by trial', () => {
  expect(marksAsked({})).toEqual([]);
  expect(
    marksAsked({ note: ['@17', 'too', 'slow'], tag: ['@3', '@4', 'good', '@home'], ignore: ['@1', '@2'] }),
  ).toEqual([
    { trial: 17, change: { note: 'too slow' } },
    { trial: 3, change: { addTags: ['good', '@home'] } },
    { trial: 4, change: { addTags: ['good', '@home'] } },
    { trial: 1, change: { ignored: true } },
    { trial: 2, change: { ignored: true } },
  ]);
  expect(marksAsked({ untag: ['@0', 'good'], unignore: ['@5'] })).toEqual([
    { trial: 0, change: { removeTags: ['good'] } },
    { trial: 5, change: { ignored: false } },
  ]);
});

it.each([
  { ignore: ['17'] },
  { ignore: ['@1', 'because'] },
  { tag: ['@1'] },
  { note: ['too', 'slow'] },
  { note: ['@x', 'too slow'] },
])('refuses %o', (options) => {
  expect(() => marksAsked(options)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
});
