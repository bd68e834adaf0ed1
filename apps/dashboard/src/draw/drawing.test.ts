import { describe, expect, it } from 'vitest';
import { ansiText } from './ansi-text.js';
import { bar } from './bar.js';
import { chart, type Series } from './chart.js';
import { DotCanvas } from './dot-canvas.js';
import { GLYPHS, glyphSetFor } from './glyphs.js';
import { block, type Line, span, spread } from './line.js';
import { sparkline } from './sparkline.js';

const textOf = (lines: readonly Line[]): readonly string[] =>
  lines.map((line) => line.map(({ text }) => text).join(''));

describe('bar', () => {
  it.each([
    [0, '░░░░'],
    [0.01, '█░░░'],
    [0.5, '██░░'],
    [0.99, '███░'],
    [1, '████'],
    [7, '████'],
  ])('%d of four cells', (share, drawn) => expect(bar(share, 4, GLYPHS.braille)).toBe(drawn));
});

describe('sparkline', () => {
  it.each([
    { name: 'from low to high', values: [0, 1, 2, 3, 4, 5, 6, 7], width: 8, drawn: '▁▂▃▄▅▆▇█' },
    { name: 'means where values outnumber cells', values: [0, 0, 7, 7], width: 2, drawn: '▁█' },
    { name: 'a cell each where they are fewer', values: [2, 1], width: 9, drawn: '█▁' },
    { name: 'a flat curve in the middle', values: [3, 3], width: 2, drawn: '▅▅' },
    {
      name: 'gaps for NaN and infinities',
      values: [0, Number.NaN, Number.POSITIVE_INFINITY, 1],
      width: 4,
      drawn: '▁  █',
    },
    {
      name: 'the scale of what comes after the first fifth',
      values: [100, 50, 7, 6, 5, 4, 3, 2, 1, 0],
      width: 10,
      drawn: '███▇▆▅▄▃▂▁',
    },
    { name: 'nothing', values: [], width: 4, drawn: '' },
    { name: 'nothing finite', values: [Number.NaN], width: 4, drawn: ' ' },
  ])('$name', ({ values, width, drawn }) => expect(sparkline(values, width, GLYPHS.braille)).toBe(drawn));
});

describe('canvas', () => {
  it('puts eight dots into a braille cell, two into a block, one into an ASCII one', () => {
    const corners = (set: 'braille' | 'block' | 'ascii'): readonly string[] => {
      const canvas = new DotCanvas(2, 1, set);
      canvas.dot(0, 0, 'plain');
      canvas.dot(canvas.dotsAcross - 1, canvas.dotsDown - 1, 'plain');
      canvas.dot(99, 0, 'plain');
      return textOf(canvas.lines());
    };
    expect(corners('braille')).toEqual(['⠁⢀']);
    expect(corners('block')).toEqual(['▀▄']);
    expect(corners('ascii')).toEqual(['**']);
  });

  it('gives a cell to what is drawn last', () => {
    const canvas = new DotCanvas(1, 1, 'braille');
    canvas.dot(0, 0, 'dim');
    canvas.dot(1, 3, 'accent');
    expect(canvas.lines()).toEqual([[span('⢀', 'accent')]]);
  });

  it('marks take the whole cell of their dot, until another dot takes it', () => {
    const canvas = new DotCanvas(3, 1, 'braille');
    for (const x of [0, 2, 4]) canvas.dot(x, 0, 'dim');
    canvas.mark(1, 3, '*', 'good');
    canvas.mark(3, 0, 'x', 'bad');
    canvas.mark(9, 0, 'x', 'bad');
    canvas.dot(2, 0, 'dim');
    expect(canvas.lines()).toEqual([[span('*', 'good'), span('⠁⠁', 'dim')]]);
  });
});

describe('chart', () => {
  const steps: Series = { style: 'steps', tone: 'plain', points: [3, 2, 1, 1].map((y, x) => ({ x, y })) };
  const drawn = (series: readonly Series[], width = 9): readonly string[] =>
    textOf(chart({ width, height: 4, series, xLabel: '', glyphs: GLYPHS.ascii }));

  it('draws steps between labelled axes', () => {
    // 7 columns for x in [0, 3]: points at columns 0, 2, 4 and 6; rows for 3, 2 and 1.
    expect(drawn([steps])).toEqual(['3+***    ', ' |  ***  ', '1+    ***', '  0     3']);
  });

  it('leaves out what is not finite, and is empty when nothing is', () => {
    const withGaps = {
      ...steps,
      points: [...steps.points, { x: 9, y: Number.NaN }, { x: 9, y: Number.POSITIVE_INFINITY }],
    };
    expect(drawn([withGaps])).toEqual(drawn([steps]));
    expect(drawn([{ ...steps, points: [{ x: 0, y: Number.NaN }] }])).toEqual([]);
    expect(drawn([])).toEqual([]);
  });

  it('draws one point in the middle, with one label', () => {
    expect(drawn([{ ...steps, points: [{ x: 5, y: 2 }] }])).toEqual([
      '2+       ',
      ' |   *   ',
      ' |       ',
      '  5      ',
    ]);
  });

  it('keeps what lies outside of the range at its edge', () => {
    const wide = chart({ width: 9, height: 4, series: [steps], yRange: [1, 2], xLabel: '', glyphs: GLYPHS.ascii });
    expect(textOf(wide)[0]).toBe('2+*****  ');
  });

  it('draws marks in a plane, with a label on both axes', () => {
    const plane = chart({
      width: 16,
      height: 6,
      glyphs: GLYPHS.ascii,
      xLabel: 'mae',
      yLabel: ['speed', '(max)'],
      xRange: [0, 9],
      yRange: [0, 4],
      series: [
        {
          style: 'dots',
          tone: 'dim',
          mark: '.',
          points: [
            { x: 0, y: 0 },
            { x: 9, y: Number.NaN },
          ],
        },
        {
          style: 'dots',
          tone: 'good',
          mark: '*',
          points: [
            { x: 9, y: 4 },
            { x: 99, y: 0 },
          ],
        },
      ],
    });
    // Ten columns for x in [0, 9] and five rows for y in [0, 4]; what lies beyond stands at the edge.
    expect(textOf(plane)).toEqual([
      '    4+         *',
      'speed|          ',
      '(max)|          ',
      '     |          ',
      '    0+.        *',
      '      0  mae   9',
    ]);
  });

  it('leaves out the words of the y axis that have no room between its ends', () => {
    const plane = chart({ width: 12, height: 3, series: [steps], xLabel: '', yLabel: ['mae'], glyphs: GLYPHS.ascii });
    expect(textOf(plane).join('')).not.toContain('mae');
  });

  it('draws nothing where there is no room', () => expect(drawn([steps], 5)).toEqual([]));
});

describe('lines', () => {
  it('a block has exactly its size', () => {
    expect(textOf(block([[span('abcdef')], [span('a'), span('b', 'dim')]], 4, 3))).toEqual(['abc…', 'ab  ', '    ']);
  });

  it('the left part of a line gives way to the right one', () => {
    expect(textOf([spread([span('a long name')], [span('right')], 12)])).toEqual(['a long…right']);
  });

  it('styles close what they open; NO_COLOR takes colours and leaves bold, dim and inverse', () => {
    const line = [span('a', 'bad'), span('b'), span('c', 'selected')];
    expect(ansiText(line, { hasColor: true })).toBe('\u001B[31ma\u001B[39mb\u001B[7mc\u001B[27m');
    expect(ansiText(line, { hasColor: false })).toBe('ab\u001B[7mc\u001B[27m');
  });
});

it.each([
  { env: { TERM: 'xterm-256color', LANG: 'en_US.UTF-8' }, set: 'braille' },
  { env: { TERM: 'xterm-256color' }, set: 'braille' },
  { env: { TERM: 'linux', LANG: 'C.UTF-8' }, set: 'block' },
  { env: { TERM: 'dumb', LANG: 'C.UTF-8' }, set: 'ascii' },
  { env: { TERM: 'xterm', LANG: 'en_US.UTF-8', LC_ALL: 'C' }, set: 'ascii' },
  { env: { TERM: 'linux', ASSAY_GLYPHS: 'braille' }, set: 'braille' },
])('$env gets $set', ({ env, set }) => expect(glyphSetFor(env)).toBe(set));
