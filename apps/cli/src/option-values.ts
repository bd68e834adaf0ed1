import { CliError } from './cli-error.js';

/** @throws {CliError} `BAD_OPTION` */
export function positiveInteger(text: string, option: string): number {
  return integerFrom(text, option, 1, 'a whole number of at least 1');
}

/** A seed, or how many of something that there may be none of. @throws {CliError} `BAD_OPTION` */
export function countValue(text: string, option: string): number {
  return integerFrom(text, option, 0, 'a whole number of at least 0');
}

/** @throws {CliError} `BAD_OPTION` */
export function fraction(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new CliError('BAD_OPTION', `${option} must be a number from 0 to 1, got '${text}'.`);
}

/** What a study is to be called. @throws {CliError} `BAD_OPTION` for a name that nobody could type or see */
export function studyName(text: string): string {
  if (text.trim() !== '') return text;
  throw new CliError('BAD_OPTION', `A study needs a name, got '${text}'.`);
}

function integerFrom(text: string, option: string, least: number, expected: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new CliError('BAD_OPTION', `${option} must be ${expected}, got '${text}'.`);
}
