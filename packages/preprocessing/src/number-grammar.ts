/**
 * The one grammar for numbers in tables, the same for every reader:
 *
 *     number   = [blanks] [sign] digits [exponent] [blanks]
 *     digits   = 1*DIGIT ["." *DIGIT] / "." 1*DIGIT
 *     exponent = ("e" / "E") [sign] 1*DIGIT
 *     sign     = "+" / "-"          blanks = 1*(space / tab)
 *
 * An empty or blank cell is a missing value. So `1_000`, `0x1F`, `1,5`, `NaN`, `Infinity` and `12-` are no numbers.
 */
const NUMBER = /^[ \t]*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[ \t]*$/;
const BLANK = /^[ \t]*$/;

/** What the cell parsers return for text outside their grammar. No cell can hold it, because the grammar has no infinity. */
export const UNPARSABLE = Number.POSITIVE_INFINITY;

/** @returns the nearest float64; NaN for a missing value; {@link UNPARSABLE} for other text and for magnitudes beyond float64 */
export function parseNumber(text: string): number {
  if (!NUMBER.test(text)) return BLANK.test(text) ? Number.NaN : UNPARSABLE;
  const value = Number(text);
  return value === Number.NEGATIVE_INFINITY ? UNPARSABLE : value;
}

/** {@link parseNumber} for whole numbers (`3`, `3.0`, `3e2`) that float64 holds exactly; anything else is {@link UNPARSABLE}. */
export function parseInteger(text: string): number {
  const value = parseNumber(text);
  return Number.isNaN(value) || Number.isSafeInteger(value) ? value : UNPARSABLE;
}
