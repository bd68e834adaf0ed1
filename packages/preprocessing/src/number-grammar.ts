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
  const plain = plainDecimal(text);
  if (!Number.isNaN(plain)) return plain;
  if (!NUMBER.test(text)) return BLANK.test(text) ? Number.NaN : UNPARSABLE;
  const value = Number(text);
  return value === Number.NEGATIVE_INFINITY ? UNPARSABLE : value;
}

/** Powers of ten that float64 holds exactly. */
const POWERS = Float64Array.from({ length: 16 }, (_, power) => 10 ** power);
const MAX_DIGITS = 15;
const [PLUS, MINUS, POINT, ZERO] = [43, 45, 46, 48] as const;

/**
 * A number of at most 15 digits without exponent and blanks, three times as fast as by pattern: its digits as a whole number and the
 * power of ten below them are exact, so that their quotient is the nearest float64.
 * @returns NaN for any other text
 */
function plainDecimal(text: string): number {
  const sign = text.charCodeAt(0);
  const start = sign === MINUS || sign === PLUS ? 1 : 0;
  let digits = 0;
  let value = 0;
  let point = -1;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === POINT && point === -1) {
      point = at;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9 || ++digits > MAX_DIGITS) return Number.NaN;
    value = value * 10 + digit;
  }
  if (digits === 0) return Number.NaN;
  const magnitude = point === -1 ? value : value / POWERS[text.length - point - 1]!;
  return sign === MINUS ? -magnitude : magnitude;
}

/** {@link parseNumber} for whole numbers (`3`, `3.0`, `3e2`) that float64 holds exactly; anything else is {@link UNPARSABLE}. */
export function parseInteger(text: string): number {
  const value = parseNumber(text);
  return Number.isNaN(value) || Number.isSafeInteger(value) ? value : UNPARSABLE;
}
