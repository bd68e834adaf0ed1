import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellWidth, fit, printable, truncate, wrapText } from './cell-width.js';

it.each([
  { text: 'plain', width: 5 },
  { text: '', width: 0 },
  { text: '出租车', width: 6 },
  { text: 'é', width: 1 },
  { text: 'e\u0301', width: 1 },
  { text: 'ß·…', width: 3 },
])('$text takes $width cells', ({ text, width }) => expect(cellWidth(text)).toBe(width));

it.each([
  { name: 'styles', text: '\u001B[31mred\u001B[0m', drawn: 'red' },
  { name: 'a clipboard request', text: 'a\u001B]52;c;AAAA\u0007b', drawn: 'ab' },
  { name: 'a tab', text: 'a\tb', drawn: 'a  b' },
  { name: 'a carriage return and a bell', text: 'a\rb\u0007', drawn: 'a b ' },
  { name: 'emoji, whose width nobody knows', text: 'go 🚕👨‍👩‍👧 🇩🇪', drawn: 'go ?? ?' },
  { name: 'text direction marks', text: 'a\u202Eb', drawn: 'ab' },
])('printable text is without $name', ({ text, drawn }) => expect(printable(text)).toBe(drawn));

it.each([
  { text: 'abcdef', width: 4, cut: 'abc…' },
  { text: 'abcd', width: 4, cut: 'abcd' },
  { text: '出租车费', width: 4, cut: '出…' },
  { text: 'abc', width: 0, cut: '' },
])('$text in $width cells is $cut', ({ text, width, cut }) => expect(truncate(text, width)).toBe(cut));

it('fitted text has exactly its width, whatever is in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.nat(20), (text, width) => {
      expect(cellWidth(fit(printable(text), width))).toBe(width);
    }),
  );
});

it('wrapped text keeps its words, in lines that are no wider than asked', () => {
  expect(wrapText('one two three', 8)).toEqual(['one two', 'three']);
  expect(wrapText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 2, max: 20 }), (text, width) => {
      for (const line of wrapText(printable(text), width)) expect(cellWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});
