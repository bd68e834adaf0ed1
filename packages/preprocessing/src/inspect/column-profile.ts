import { parseInteger, parseNumber, UNPARSABLE } from '../number-grammar.js';
import type { ColumnType } from '../table-recipe.js';
import { TIMESTAMP_FORMATS, type TimestampFormat, timestampParser } from '../timestamp.js';
import { quantile } from './quantile.js';

const MAX_DISTINCT = 50_000;
/** Some 200 MB of them. */
const MAX_DISTINCT_OF_ALL = 2_000_000;

/** Distinct values are counted up to this many a column: 50,000, and fewer in a table of more than 40 columns. */
export function distinctLimit(columns: number): number {
  return Math.min(MAX_DISTINCT, Math.ceil(MAX_DISTINCT_OF_ALL / columns));
}

/** A cell or two that are no number do not make a number column text. */
const TYPE_SHARE = 0.99;

/** What one column of a table holds. */
export interface ColumnInspection {
  readonly name: string;
  /** The narrowest type that at least 99 % of the cells have. Timestamps count as milliseconds since 1970. */
  readonly type: ColumnType;
  readonly rows: number;
  readonly missing: number;
  /** Cells that are not missing and not of that type. */
  readonly unparsable: number;
  /** Different cells; null: more than {@link distinctLimit}. */
  readonly distinct: number | null;
  /** The forms that the times have; null for other types. */
  readonly formats: readonly TimestampFormat[] | null;
  /** Null for text. */
  readonly range: { readonly min: number; readonly max: number; readonly mean: number; readonly std: number } | null;
  /** 1, 50 and 99 % of the sampled values lie at or below these; null for text. */
  readonly quantiles: { readonly low: number; readonly median: number; readonly high: number } | null;
  /** Values with their rows, most frequent first; null where there are too many different ones. */
  readonly values: readonly { readonly text: string; readonly rows: number }[] | null;
}

const TIME_PARSERS = TIMESTAMP_FORMATS.map((format) => ({ format, parse: timestampParser([format]) }));

const PARSERS = { integer: parseInteger, number: parseNumber, timestamp: timestampParser(TIMESTAMP_FORMATS) } as const;
type Parsed = keyof typeof PARSERS;

/** Follows one column cell by cell. */
export class ColumnProfile {
  readonly #name: string;
  readonly #distinctLimit: number;
  readonly #moments = { integer: new Moments(), number: new Moments(), timestamp: new Moments() };
  #counts: Map<string, number> | null = new Map();
  #rows = 0;
  readonly #formats = new Set<TimestampFormat>();
  #missing = 0;

  constructor(name: string, distinctLimit: number) {
    this.#name = name;
    this.#distinctLimit = distinctLimit;
  }

  add(cell: string): void {
    this.#rows++;
    const text = cell.trim();
    if (text === '') {
      this.#missing++;
      return;
    }
    this.#count(text);
    const number = parseNumber(text);
    if (number === UNPARSABLE) this.#takeTime(text);
    else {
      this.#take('number', number);
      this.#take('integer', parseInteger(text));
    }
  }

  /** @param sample the cells of some rows */
  report(sample: readonly string[]): ColumnInspection {
    const present = this.#rows - this.#missing;
    const types = ['integer', 'number', 'timestamp'] as const;
    const type = types.find((name) => present > 0 && this.#moments[name].count >= TYPE_SHARE * present) ?? 'text';
    return {
      name: this.#name,
      type,
      rows: this.#rows,
      missing: this.#missing,
      unparsable: type === 'text' ? 0 : present - this.#moments[type].count,
      distinct: this.#counts?.size ?? null,
      formats: type === 'timestamp' ? TIMESTAMP_FORMATS.filter((format) => this.#formats.has(format)) : null,
      range: type === 'text' ? null : this.#moments[type].range(),
      quantiles: type === 'text' ? null : quantilesOf(valuesOf(type, sample)),
      values: this.#counts && [...this.#counts].map(([text, rows]) => ({ text, rows })).sort((a, b) => b.rows - a.rows),
    };
  }

  #count(text: string): void {
    if (this.#counts === null) return;
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
    if (this.#counts.size > this.#distinctLimit) this.#counts = null;
  }

  #takeTime(text: string): void {
    for (const { format, parse } of TIME_PARSERS) {
      const time = parse(text);
      if (time === UNPARSABLE) continue;
      this.#formats.add(format);
      this.#take('timestamp', time);
      return;
    }
  }

  #take(type: Parsed, value: number): void {
    if (value !== UNPARSABLE) this.#moments[type].add(value);
  }
}

/** The cells' values, without those that are missing or of another type. */
export function valuesOf(type: Parsed, cells: readonly string[]): number[] {
  return cells.map((cell) => cellValue(type, cell)).filter((value) => !Number.isNaN(value));
}

function quantilesOf(values: number[]): ColumnInspection['quantiles'] {
  const sorted = values.sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  return { low: quantile(sorted, 0.01), median: quantile(sorted, 0.5), high: quantile(sorted, 0.99) };
}

/** The value of a cell under a column's type; NaN where it is missing or of another type. */
export function cellValue(type: Parsed, cell: string): number {
  const value = PARSERS[type](cell);
  return value === UNPARSABLE ? Number.NaN : value;
}

/** Welford's running mean and spread, with the range. */
class Moments {
  count = 0;
  #mean = 0;
  #squares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    const delta = value - this.#mean;
    this.#mean += delta / ++this.count;
    this.#squares += delta * (value - this.#mean);
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  range(): NonNullable<ColumnInspection['range']> {
    return { min: this.#min, max: this.#max, mean: this.#mean, std: Math.sqrt(this.#squares / this.count) };
  }
}
