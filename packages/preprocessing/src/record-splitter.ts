import { CsvError, type Options, parse } from 'csv-parse/sync';
import { splitPlainLines } from './plain-lines.js';

const NEWLINE = 10;
const QUOTE = 34;
/** A quoted cell may span lines, but not more than this; a quote that never closes is noticed here. */
const MAX_RECORD_BYTES = 64 * 1024;

/** Takes what the splitter finds, in the order of the file. */
export interface RecordSink {
  record(cells: readonly string[], line: number): void;
  malformed(line: number, reason: string): void;
}

/**
 * Cuts blocks of whole lines into CSV records through csv-parse (RFC 4180: quotes are doubled inside quoted cells, quoted
 * cells may hold line ends); blocks without any quote need no parser. Blank lines are skipped. Where quoting is broken, only
 * the first line of the damage is given up: a record that spans lines counts when it is whole and has the columns of the
 * header, else reading goes on at its second line.
 */
export class RecordSplitter {
  readonly #delimiter: string;
  readonly #options: Options;
  readonly #sink: RecordSink;
  #pending: Buffer = Buffer.alloc(0);
  #line = 1;
  #width: number | undefined;

  constructor(delimiter: string, sink: RecordSink) {
    this.#sink = sink;
    this.#delimiter = delimiter;
    this.#options = { delimiter, record_delimiter: ['\r\n', '\n'], relax_column_count: true, max_record_size: 0 };
  }

  /** @param last no block follows, so that an open quote stays open */
  push(block: Buffer, last: boolean): void {
    const bytes = this.#pending.length === 0 ? block : Buffer.concat([this.#pending, block]);
    this.#pending = Buffer.alloc(0);
    if (bytes.includes(QUOTE)) this.#quotedLines(bytes, last);
    else for (const cells of splitPlainLines(bytes, this.#delimiter)) this.#record(cells, 1, false);
  }

  /** Counts lines that are not given to it. */
  skip(lines: number): void {
    this.#line += lines;
  }

  /** Lines with an even number of quotes are records of their own; an odd line opens a record that spans lines. */
  #quotedLines(bytes: Buffer, last: boolean): void {
    let plain: number[] = [];
    let plainStart = 0;
    let start = 0;
    const ends = lineEnds(bytes);
    const odd = oddLines(bytes, ends);
    for (let i = 0; i < ends.length; i++) {
      const end = ends[i]!;
      if (!odd[i]) {
        plain.push(end);
        start = end;
        continue;
      }
      this.#lines(plain, bytes, plainStart);
      const close = closingLine(ends, odd, i, start);
      if (close === undefined && !last && bytes.length - start <= MAX_RECORD_BYTES) {
        this.#pending = bytes.subarray(start);
        return;
      }
      if (close !== undefined && this.#spanning(bytes.subarray(start, ends[close]!), close - i + 1)) i = close;
      else this.#broken();
      plain = [];
      plainStart = ends[i]!;
      start = plainStart;
    }
    this.#lines(plain, bytes, plainStart);
  }

  /** Parses whole lines, one record each; halves them around a line that csv-parse refuses. */
  #lines(ends: readonly number[], bytes: Buffer, start: number): void {
    if (ends.length === 0) return;
    const records = this.#parse(bytes.subarray(start, ends[ends.length - 1]!));
    if (records?.length === ends.length) {
      records.forEach((cells, i) => {
        const isQuoted = cells.length === 1 && bytes.subarray(i === 0 ? start : ends[i - 1]!, ends[i]!).includes(QUOTE);
        this.#record(cells, 1, isQuoted);
      });
    } else if (ends.length === 1) {
      this.#broken();
    } else {
      const half = ends.length >> 1;
      this.#lines(ends.slice(0, half), bytes, start);
      this.#lines(ends.slice(half), bytes, ends[half - 1]!);
    }
  }

  #spanning(bytes: Buffer, lines: number): boolean {
    const records = this.#parse(bytes);
    const cells = records?.[0];
    if (records?.length !== 1 || cells === undefined || cells.length !== (this.#width ?? cells.length)) return false;
    this.#record(cells, lines, true);
    return true;
  }

  #parse(bytes: Buffer): string[][] | undefined {
    try {
      return parse(bytes, this.#options) as string[][];
    } catch (error) {
      if (error instanceof CsvError) return undefined;
      throw error;
    }
  }

  /** @param isQuoted a lone blank cell is a cell, not a blank line */
  #record(cells: readonly string[], lines: number, isQuoted: boolean): void {
    const line = this.#line;
    this.#line += lines;
    if (cells.length === 1 && cells[0]!.trim() === '' && !isQuoted) return;
    this.#width ??= cells.length;
    if (cells.length === this.#width) this.#sink.record(cells, line);
    else this.#sink.malformed(line, `${cells.length} columns instead of ${this.#width}`);
  }

  #broken(): void {
    this.#sink.malformed(this.#line++, 'broken quoting');
  }
}

/** Where each line ends: the offset behind its line feed. */
function lineEnds(bytes: Buffer): number[] {
  const ends: number[] = [];
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) ends.push(at + 1);
  if ((ends.at(-1) ?? 0) < bytes.length) ends.push(bytes.length);
  return ends;
}

/** Which lines hold an odd number of quotes. */
function oddLines(bytes: Buffer, ends: readonly number[]): boolean[] {
  const odd = new Array<boolean>(ends.length).fill(false);
  let line = 0;
  for (let at = bytes.indexOf(QUOTE); at !== -1; at = bytes.indexOf(QUOTE, at + 1)) {
    while (at >= ends[line]!) line++;
    odd[line] = !odd[line];
  }
  return odd;
}

/** The line that closes the quote opened on line `open`, if it comes soon enough. */
function closingLine(
  ends: readonly number[],
  odd: readonly boolean[],
  open: number,
  start: number,
): number | undefined {
  for (let i = open + 1; i < ends.length && ends[i]! - start <= MAX_RECORD_BYTES; i++) if (odd[i]) return i;
  return undefined;
}
