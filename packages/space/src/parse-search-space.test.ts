import { expect, it } from 'vitest';
import { parseSearchSpace } from './parse-search-space.js';

const n = { name: 'n', distribution: { kind: 'int', low: 0, high: 9, log: false, step: 2 }, condition: null };
const mode = { name: 'mode', distribution: { kind: 'categorical', choices: ['a', 'b'] }, condition: null };
const child = (condition: unknown): unknown => ({ ...mode, name: 'child', condition });

it('reads parameters with their conditions, and lowers a high that no step reaches', () => {
  const equals = { kind: 'equals', parent: 'mode', value: 'b' };
  const above = { kind: 'above', parent: 'n', index: 1 };
  expect(parseSearchSpace([n, mode, child(equals), { ...mode, name: 'units[1]', condition: above }])).toEqual([
    { ...n, distribution: { ...n.distribution, high: 8 } },
    mode,
    { ...mode, name: 'child', condition: equals },
    { ...mode, name: 'units[1]', condition: above },
  ]);
});

it.each([
  { name: 'no array', json: { n }, says: 'an array of parameters' },
  { name: 'no object', json: [3], says: 'must be an object, got 3' },
  { name: 'no name', json: [{ ...n, name: '' }], says: 'needs a name' },
  { name: 'a name twice', json: [n, n], says: "'n' is there twice" },
  { name: 'no distribution', json: [{ name: 'n', condition: null }], says: "'n': its distribution must be an object" },
  { name: 'an unknown kind', json: [{ ...n, distribution: { kind: 'normal' } }], says: '"normal"' },
  {
    name: 'a condition left out',
    json: [{ ...n, condition: undefined }],
    says: "'n': its condition must be an object",
  },
  {
    name: 'a parent after its child',
    json: [child({ kind: 'equals', parent: 'mode', value: 'a' }), mode],
    says: '"mode"',
  },
  {
    name: 'a value its parent never has',
    json: [mode, child({ kind: 'equals', parent: 'mode', value: 'c' })],
    says: '"c"',
  },
  { name: 'a count that is no int', json: [mode, child({ kind: 'above', parent: 'mode', index: 0 })], says: "'mode'" },
  { name: 'an index with a fraction', json: [n, child({ kind: 'above', parent: 'n', index: 0.5 })], says: '0.5' },
])('refuses $name', ({ json, says }) => {
  expect(() => parseSearchSpace(json)).toThrow(expect.objectContaining({ code: 'BAD_JSON' }));
  expect(() => parseSearchSpace(json)).toThrow(says);
});

it('refuses a distribution that describes no set of values, by name', () => {
  const upsideDown = { ...n, distribution: { ...n.distribution, low: 10 } };
  expect(() => parseSearchSpace([upsideDown])).toThrow(expect.objectContaining({ code: 'BAD_BOUNDS' }));
  expect(() => parseSearchSpace([upsideDown])).toThrow("'n'");
});
