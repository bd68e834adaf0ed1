import type { GlyphSet } from './glyphs.js';
import { type Line, type Span, span, type Tone } from './line.js';

/** Dots per cell. */
export const DOTS: Readonly<Record<GlyphSet, { readonly across: number; readonly down: number }>> = {
  braille: { across: 2, down: 4 },
  block: { across: 1, down: 2 },
  ascii: { across: 1, down: 1 },
};

/** Bits of the braille dots by row, left and right column (Unicode 2800 block). */
const BRAILLE_BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** Pictures of dots, several to a cell. A later tone wins a cell: draw what matters last. */
export class DotCanvas {
  readonly dotsAcross: number;
  readonly dotsDown: number;
  readonly #set: GlyphSet;
  readonly #width: number;
  readonly #bits: Uint8Array;
  readonly #tones: (Tone | undefined)[];
  readonly #marks: (string | undefined)[];

  /** @param width in cells @param height in cells */
  constructor(width: number, height: number, set: GlyphSet) {
    this.#set = set;
    this.#width = width;
    this.dotsAcross = width * DOTS[set].across;
    this.dotsDown = height * DOTS[set].down;
    this.#bits = new Uint8Array(width * height);
    this.#tones = new Array(width * height);
    this.#marks = new Array(width * height);
  }

  /** Counted from the top left; dots outside are left out. */
  dot(x: number, y: number, tone: Tone): void {
    const cell = this.#cellAt(x, y);
    if (cell === null) return;
    const { across, down } = DOTS[this.#set];
    if (this.#tones[cell] !== tone) this.#bits[cell] = 0;
    this.#tones[cell] = tone;
    this.#marks[cell] = undefined;
    this.#bits[cell]! |= this.#bit(x % across, y % down);
  }

  /** A character in the whole cell of a dot. */
  mark(x: number, y: number, character: string, tone: Tone): void {
    const cell = this.#cellAt(x, y);
    if (cell === null) return;
    this.#bits[cell] = 0;
    this.#tones[cell] = tone;
    this.#marks[cell] = character;
  }

  /** A straight line, one dot in each column or row, whichever are more. */
  segment(x0: number, y0: number, x1: number, y1: number, tone: Tone): void {
    const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
    for (let step = 0; step <= steps; step++) {
      const share = step / steps;
      this.dot(Math.round(x0 + (x1 - x0) * share), Math.round(y0 + (y1 - y0) * share), tone);
    }
  }

  /** One line a row of cells, neighbours of one tone together. */
  lines(): readonly Line[] {
    const height = this.#bits.length / this.#width;
    return Array.from({ length: height }, (_, row) => this.#line(row));
  }

  #line(row: number): Line {
    const spans: Span[] = [];
    for (let column = 0; column < this.#width; column++) {
      const cell = row * this.#width + column;
      const glyph = this.#marks[cell] ?? this.#glyph(this.#bits[cell]!);
      const tone = this.#tones[cell] ?? 'plain';
      const last = spans.at(-1);
      if (last?.tone === tone) spans[spans.length - 1] = span(last.text + glyph, tone);
      else spans.push(span(glyph, tone));
    }
    return spans;
  }

  #cellAt(x: number, y: number): number | null {
    if (x < 0 || y < 0 || x >= this.dotsAcross || y >= this.dotsDown) return null;
    const { across, down } = DOTS[this.#set];
    return Math.floor(y / down) * this.#width + Math.floor(x / across);
  }

  #bit(x: number, y: number): number {
    return this.#set === 'braille' ? BRAILLE_BITS[y]![x]! : 1 << y;
  }

  #glyph(bits: number): string {
    if (bits === 0) return ' ';
    switch (this.#set) {
      case 'braille':
        return String.fromCharCode(0x2800 + bits);
      case 'block':
        return ' ▀▄█'[bits]!;
      case 'ascii':
        return '*';
    }
  }
}
