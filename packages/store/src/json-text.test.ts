import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, writeJson } from './json-text.js';

describe('writeJson', () => {
  it.each([
    { name: 'spaces as Python puts them', value: { a: [1, 2.5], b: null }, text: '{"a": [1, 2.5], "b": null}' },
    { name: 'ASCII only', value: 'ü 🚕', text: '"\\u00fc \\ud83d\\ude95"' },
    { name: 'control characters, and the last ASCII one as it is', value: '\n"\u007f', text: '"\\n\\"\u007f"' },
    { name: 'infinities that strict readers accept', value: [Infinity, -Infinity], text: '[1e999, -1e999]' },
    { name: 'empty containers', value: [[], {}], text: '[[], {}]' },
    { name: 'scalars', value: true, text: 'true' },
  ])('$name', ({ value, text }) => {
    expect(writeJson(value, 'x')).toBe(text);
  });

  it('leaves out what is undefined, as JSON.stringify does', () => {
    const optional: { a?: number; b: number } = { b: 1 };
    expect(writeJson({ ...optional, a: undefined } as never, 'x')).toBe('{"b": 1}');
  });

  it('refuses NaN and says where', () => {
    expect(() => writeJson({ deep: [Number.NaN] }, 'attribute loss')).toThrow(
      expect.objectContaining({ code: 'INVALID_VALUE', message: expect.stringContaining('attribute loss') }),
    );
  });

  it('writes NaN as Python does where it came from there', () => {
    expect(writeJson({ deep: [Number.NaN, Infinity] }, 'x', 'bare')).toBe('{"deep": [NaN, 1e999]}');
  });

  it('writes what JSON.parse reads back alike', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(writeJson(value as never, 'x'))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('readJson', () => {
  it.each([
    { text: '[1, 2.0, {"k": NaN}]', value: [1, 2, { k: Number.NaN }] },
    { text: '[Infinity,-Infinity]', value: [Infinity, -Infinity] },
    { text: 'NaN', value: Number.NaN },
    { text: '{"NaN": "say \\"NaN\\", -Infinity"}', value: { NaN: 'say "NaN", -Infinity' } },
    { text: '"a \\\\"', value: 'a \\' },
    { text: '["\\\\", NaN, "\\\\"]', value: ['\\', Number.NaN, '\\'] },
  ])('$text', ({ text, value }) => {
    expect(readJson(text)).toEqual(value);
  });

  it('refuses what is neither JSON nor Python’s', () => {
    expect(() => readJson('[1, NaN')).toThrow(SyntaxError);
  });

  it('inverts writeJson', () => {
    const strings = fc.oneof(fc.string(), fc.constantFrom('NaN', 'Infinity', '"NaN"', '\\', '\\"'));
    const leaves = fc.oneof(strings, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
    const trees = fc.oneof(leaves, fc.array(leaves), fc.dictionary(strings, leaves));
    fc.assert(
      fc.property(trees, (value) => {
        expect(readJson(writeJson(value, 'x'))).toEqual(
          JSON.parse(JSON.stringify(value, infinitiesAsText), textAsInfinities),
        );
      }),
    );
  });
});

const infinitiesAsText = (_key: string, value: unknown): unknown =>
  value === Infinity || value === -Infinity ? { infinity: Math.sign(value as number) } : value;

const textAsInfinities = (_key: string, value: { infinity?: number } | null): unknown =>
  typeof value?.infinity === 'number' ? value.infinity * Infinity : value;
