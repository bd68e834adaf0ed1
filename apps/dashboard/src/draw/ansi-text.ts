import type { Line, Tone } from './line.js';

/** How tones look: whether colours may be used (`NO_COLOR`); bold, dim and inverse always may. */
export interface Theme {
  readonly hasColor: boolean;
}

/**
 * Opening and closing SGR codes. Only colours of the terminal's own palette that are readable on light and on dark: no
 * yellow, no blue, no background.
 */
const CODES: Readonly<Record<Tone, readonly [open: number, close: number] | null>> = {
  plain: null,
  dim: [2, 22],
  strong: [1, 22],
  selected: [7, 27],
  accent: [36, 39],
  good: [32, 39],
  bad: [31, 39],
  warning: [35, 39],
};

const isColor = (code: number): boolean => code >= 30 && code < 40;

/** A line as a terminal wants it. */
export function ansiText(line: Line, { hasColor }: Theme): string {
  return line
    .map(({ text, tone }) => {
      const codes = CODES[tone];
      if (codes === null || text === '' || (isColor(codes[0]) && !hasColor)) return text;
      return `\u001B[${codes[0]}m${text}\u001B[${codes[1]}m`;
    })
    .join('');
}
