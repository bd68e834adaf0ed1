import { Writable } from 'node:stream';
import { cellWidth } from '../text/cell-width.js';

const ESC = '\u001B';
/** Terminals that know it show what lies between at once; others ignore it. */
const BEGIN = `${ESC}[?2026h`;
const END = `${ESC}[?2026l`;
/** Where a stray line from elsewhere does the least harm: the header is drawn again every second, and nothing scrolls. */
const HOME = `${ESC}[1;1H`;

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR codes begin with a control character
const STYLES = /\u001B\[[0-9;]*m/g;

/**
 * Takes whole frames (Ink's output with `debug: true`) and writes only the rows that differ from what is on the screen, each
 * by its address. Against Ink's own incremental output, which moves the cursor relative to where it believes it is: a line
 * that a native library writes to the terminal does not shift every later frame, a resize does not clear the scrollback
 * (Ink writes `ESC[3J` when the terminal became lower than the frame), and unchanged rows cost no bytes at all.
 */
export class FrameWriter extends Writable {
  readonly #write: (bytes: string) => void;
  readonly #size: () => { readonly columns: number; readonly rows: number };
  #shown: readonly string[] = [];

  constructor(write: (bytes: string) => void, size: () => { readonly columns: number; readonly rows: number }) {
    super({ decodeStrings: false });
    this.#write = write;
    this.#size = size;
  }

  /** Ink lays out for this width. */
  get columns(): number {
    return this.#size().columns;
  }

  /** Empties the screen, so that the next frame is drawn in full: after a resize. The scrollback stays. */
  clear(): void {
    this.#shown = [];
    this.#write(`${HOME}${ESC}[J`);
  }

  /** Draws the last frame in full: when something else has written on the screen. */
  redraw(): void {
    const rows = this.#shown;
    this.clear();
    this.#draw(rows);
  }

  override _write(frame: string, _encoding: BufferEncoding, done: () => void): void {
    if (frame !== '') this.#draw(frame.split('\n'));
    done();
  }

  #draw(lines: readonly string[]): void {
    const { columns, rows } = this.#size();
    const next = lines.slice(0, Math.max(1, rows - 1));
    const changes: string[] = [];
    for (let row = 0; row < Math.max(next.length, this.#shown.length); row++) {
      const line = next[row] ?? '';
      if (line === (this.#shown[row] ?? '')) continue;
      // Behind a full row the cursor still stands on its last cell: erasing would take that cell away.
      const rest = cellWidth(line.replace(STYLES, '')) < columns ? `${ESC}[K` : '';
      changes.push(`${ESC}[${row + 1};1H${line}${rest}`);
    }
    this.#shown = next;
    if (changes.length > 0) this.#write(`${BEGIN}${changes.join('')}${HOME}${END}`);
  }
}
