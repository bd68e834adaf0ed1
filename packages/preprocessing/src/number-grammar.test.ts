import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInteger, parseNumber, UNPARSABLE } from './number-grammar.js';

describe('number grammar', () => {
  it.each([
    ['0', 0],
    ['-73.9844', -73.9844],
    ['+4.5', 4.5],
    [' 12\t', 12],
    ['5.', 5],
    ['.5', 0.5],
    ['-.5e-1', -0.05],
    ['1E3', 1000],
    ['007', 7],
    ['40.712278000000005', 40.712278000000005],
  ])('reads %j as %d', (text, value) => expect(parseNumber(text)).toBe(value));

  it.each(['', ' ', '\t '])('reads %j as missing', (text) => expect(parseNumber(text)).toBeNaN());

  it.each([
    '1_000',
    '0x1F',
    '1,5',
    'NaN',
    'Infinity',
    '-inf',
    '12-',
    '430-',
    '1e',
    'e5',
    '.',
    '-',
    '1 2',
    '1n',
    '--1',
    '1e999',
    '-1e999',
    '١',
    '1\n',
  ])('refuses %j', (text) => expect(parseNumber(text)).toBe(UNPARSABLE));

  it('reads what JavaScript prints, exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(value + 0); // -0 prints as 0
      }),
    );
  });

  it('reads plain decimals as JavaScript does, to the bit, whatever their length', () => {
    const decimal = fc
      .tuple(
        fc.constantFrom('', '-', '+'),
        fc.stringMatching(/^[0-9]{0,12}$/),
        fc.constantFrom('', '.'),
        fc.stringMatching(/^[0-9]{0,12}$/),
      )
      .map((parts) => parts.join(''))
      .filter((text) => /\d/.test(text));
    fc.assert(
      fc.property(decimal, (text) => {
        expect(parseNumber(text)).toBe(Number(text));
      }),
      {
        numRuns: 5000,
        examples: [['-0'], ['999999999999999'], ['9007199254740993'], ['0.000000000000001'], ['1.00000000000000']],
      },
    );
  });

  it.each([
    ['3', 3],
    ['3.0', 3],
    ['3e2', 300],
    ['-9007199254740991', -9007199254740991],
    ['1.5', UNPARSABLE],
    ['9007199254740993', UNPARSABLE],
    ['x', UNPARSABLE],
  ])('as a whole number %j is %d', (text, value) => expect(parseInteger(text)).toBe(value));
});
