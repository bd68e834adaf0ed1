import { cellWidth, truncate } from '../text/cell-width.js';

/** What a piece of text means; the theme knows how that looks. */
export type Tone = 'plain' | 'dim' | 'accent' | 'good' | 'bad' | 'warning' | 'strong' | 'selected';

/** Text in one tone. Printable, no line breaks. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One row of cells, drawn from the left. */
export type Line = readonly Span[];

export const span = (text: string, tone: Tone = 'plain'): Span => ({ text, tone });

export function lineWidth(line: Line): number {
  return line.reduce((width, { text }) => width + cellWidth(text), 0);
}

/** Exactly `width` cells: cut or filled at its end. */
export function fitLine(line: Line, width: number, mark = '…'): Line {
  const fitted: Span[] = [];
  let room = width;
  for (const { text, tone } of line) {
    const cut = truncate(text, room, mark);
    if (cut !== '') fitted.push({ text: cut, tone });
    room -= cellWidth(cut);
    if (cut !== text) break;
  }
  if (room > 0) fitted.push(span(' '.repeat(room)));
  return fitted;
}

/** Two parts at the ends of a line of exactly `width` cells; the left one gives way. */
export function spread(left: Line, right: Line, width: number, mark = '…'): Line {
  const rightWidth = Math.min(lineWidth(right), width);
  return [...fitLine(left, width - rightWidth, mark), ...fitLine(right, rightWidth, mark)];
}

/** Exactly `height` lines of exactly `width` cells. */
export function block(lines: readonly Line[], width: number, height: number, mark = '…'): readonly Line[] {
  return Array.from({ length: Math.max(0, height) }, (_, row) => fitLine(lines[row] ?? [], width, mark));
}

/** All text of a line in one tone. */
export function toned(line: Line, tone: Tone): Line {
  return [span(line.map(({ text }) => text).join(''), tone)];
}
