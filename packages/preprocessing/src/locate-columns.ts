import { nearestName } from './nearest-name.js';
import { PreprocessingError } from './preprocessing-error.js';
import type { ColumnSpec } from './table-recipe.js';

/**
 * Where each declared column stands among a file's columns; -1 for an optional one that is absent.
 * @param line 1-based line of the header, undefined for files that have no lines
 * @throws {PreprocessingError} BAD_HEADER, MISSING_COLUMN
 */
export function locateColumns(
  header: readonly string[],
  specs: readonly ColumnSpec[],
  file: string,
  line?: number,
): readonly number[] {
  const names = header.map((name) => name.trim());
  const wanted = specs.map(({ name }) => name);
  const where = { file, ...(line !== undefined && { line }) };
  const twice = wanted.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const found = `the header has ${names
    .slice(0, 20)
    .map((name) => JSON.stringify(name.slice(0, 40)))
    .join(', ')}${names.length > 20 ? ` and ${names.length - 20} more` : ''}`;
  if (twice !== undefined) {
    throw new PreprocessingError('BAD_HEADER', `the column is there twice; ${found}`, {
      ...where,
      column: twice,
      expected: 'every name once',
    });
  }
  const missing = specs.filter(({ name, optional }) => optional !== true && !names.includes(name));
  const place = { ...where, expected: `the columns ${wanted.join(', ')}` };
  if (missing.length > 0 && !wanted.some((name) => names.includes(name))) {
    throw new PreprocessingError('BAD_HEADER', `this is not the header of this table; ${found}`, {
      ...place,
      hint: otherDelimiter(names) ?? 'Its first line must name the columns',
    });
  }
  if (missing.length > 0) {
    const absent = missing.map(({ name }) => name);
    const unused = names.filter((name) => !wanted.includes(name));
    const nearest = nearestName(absent[0]!, unused) ?? nearestName(absent[0]!, names);
    throw new PreprocessingError('MISSING_COLUMN', `there is no column ${absent.join(', ')}; ${found}`, {
      ...place,
      column: absent[0]!,
      ...(nearest !== null && { hint: `Did you mean ${nearest}?` }),
    });
  }
  return wanted.map((name) => names.indexOf(name));
}

/** Half a sentence where a header in one piece looks like one with another delimiter; else undefined. */
export function otherDelimiter(names: readonly string[]): string | undefined {
  const delimiter = names.length === 1 ? /[;\t|]/.exec(names[0]!)?.[0] : undefined;
  if (delimiter === undefined) return undefined;
  return `Its cells seem to be separated by ${delimiter === '\t' ? 'tabs' : `"${delimiter}"`}; write it with commas`;
}
