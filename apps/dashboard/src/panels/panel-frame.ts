import type { Glyphs } from '../draw/glyphs.js';
import { block, fitLine, type Line, lineWidth, span, type Tone } from '../draw/line.js';

export interface Heading {
  readonly title: string;
  /** At the right end of the top edge, when there is room; empty for none. */
  readonly note: string;
}

export interface PanelFrame extends Heading {
  readonly width: number;
  readonly height: number;
  /** Keys that move go to this panel. */
  readonly isFocused: boolean;
  readonly glyphs: Glyphs;
}

/** A box with its title in the top edge, exactly `width` by `height`. */
export function framed(
  content: readonly Line[],
  { title, note, width, height, isFocused, glyphs }: PanelFrame,
): readonly Line[] {
  const [topLeft, topRight, bottomLeft, bottomRight, across, down] = Array.from(glyphs.box) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const edge: Tone = isFocused ? 'accent' : 'dim';
  const inner = width - 2;
  const heading = fitLine(
    [span(' '), span(title, 'strong'), span(' ')],
    Math.min(inner - 2, lineWidth([span(title)]) + 2),
  );
  const rest = inner - 1 - lineWidth(heading);
  const shown = note !== '' && note.length + 4 <= rest ? ` ${note} ` : '';
  const top: Line = [
    span(topLeft + across, edge),
    ...heading,
    span(across.repeat(Math.max(0, rest - shown.length - (shown === '' ? 0 : 1))), edge),
    ...(shown === '' ? [] : [span(shown, 'dim'), span(across, edge)]),
    span(topRight, edge),
  ];
  const body = block(content, inner, height - 2, glyphs.ellipsis);
  const bottom = [span(bottomLeft + across.repeat(inner) + bottomRight, edge)];
  return [top, ...body.map((line) => [span(down, edge), ...line, span(down, edge)]), bottom].slice(0, height);
}
