import type { Json } from '@assay/space';
import { StoreError } from '@assay/study';

/**
 * A value as Python's `json.dumps` writes it: ASCII, with a space after commas and colons; strict JSON. Infinity becomes
 * 1e999, which JavaScript and Python both read back as infinity.
 * @param subject what is written, for the error
 * @param nan what is not strict: `bare` writes NaN as Python does, for what Python has written so before. Default: `refuse`
 * @throws {StoreError} `INVALID_VALUE` for NaN, which JSON cannot say
 */
export function writeJson(value: Json, subject: string, nan: 'refuse' | 'bare' = 'refuse'): string {
  if (typeof value === 'number') return nan === 'bare' && Number.isNaN(value) ? 'NaN' : writeNumber(value, subject);
  if (typeof value === 'string') return writeString(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isArray(value)) return `[${value.map((item) => writeJson(item, subject, nan)).join(', ')}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([key, field]) => `${writeString(key)}: ${writeJson(field, subject, nan)}`).join(', ')}}`;
}

/** `Array.isArray` does not narrow readonly arrays. */
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function writeNumber(value: number, subject: string): string {
  if (Number.isNaN(value))
    throw new StoreError('INVALID_VALUE', `${subject} holds NaN, which JSON cannot say; use null`);
  if (Number.isFinite(value)) return JSON.stringify(value);
  return value > 0 ? '1e999' : '-1e999';
}

function writeString(text: string): string {
  return JSON.stringify(text).replace(/[\u0080-\uffff]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A string, whole, or one of the three bare words that Python writes and JSON does not know. */
const STRING_OR_BARE_WORD = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;
/** Stands for NaN between the two steps of reading; no text that a person writes. */
const NAN_MARK = '\u0000NaN\u0000';

/**
 * Reads JSON, also with the bare `NaN`, `Infinity` and `-Infinity` that Python writes.
 * @throws {SyntaxError} when it is not even that
 */
export function readJson(text: string): Json {
  if (!/NaN|Infinity/.test(text)) return JSON.parse(text);
  const strict = text.replace(STRING_OR_BARE_WORD, (token) => {
    if (token.startsWith('"')) return token;
    return token === 'NaN' ? JSON.stringify(NAN_MARK) : token.replace('Infinity', '1e999');
  });
  return JSON.parse(strict, (_key, value) => (value === NAN_MARK ? Number.NaN : value));
}
