import { checkSplit, type SplitRule } from '../split-rule.js';
import { parseMoment } from './moment.js';

/** Shares of the training files' rows; default 0 each. */
interface Shares {
  readonly validation?: number;
  readonly test?: number;
}

interface ValidationFile {
  /** The share of the validation files' rows that become test rows, by the hash of each row. Default 0. */
  readonly validationFile?: { readonly test: number };
}

/** Shares by the hash of each row's content: the same row always lands on the same side. @throws {PreprocessingError} BAD_OPTION */
export function splitByRows(options: Shares & ValidationFile): SplitRule {
  return checked({ by: 'rows', ...sharesOf(options), ...validationFileOf(options) });
}

/**
 * By a timestamp column: rows from given moments on (`2014-01-01`, UTC), or the latest rows by shares, which are met to within
 * about half a percent.
 * @throws {PreprocessingError} BAD_OPTION
 */
export function splitByTime(
  column: string,
  options: (Shares | { readonly validationFrom?: string; readonly testFrom?: string }) & ValidationFile,
): SplitRule {
  if (!('validationFrom' in options || 'testFrom' in options))
    return checked({ by: 'latest', column, ...sharesOf(options as Shares), ...validationFileOf(options) });
  const { validationFrom, testFrom } = options;
  return checked({
    by: 'time',
    column,
    validationFrom: validationFrom === undefined ? null : parseMoment(validationFrom),
    testFrom: testFrom === undefined ? null : parseMoment(testFrom),
    ...validationFileOf(options),
  });
}

/** Shares inside every group of rows that agree in a column. @throws {PreprocessingError} BAD_OPTION */
export function splitByGroup(column: string, options: Shares & ValidationFile): SplitRule {
  return checked({ by: 'group', column, ...sharesOf(options), ...validationFileOf(options) });
}

function sharesOf({ validation = 0, test = 0 }: Shares): { validation: number; test: number } {
  return { validation, test };
}

function validationFileOf({ validationFile }: ValidationFile): { validationFile: { test: number } } {
  return { validationFile: { test: validationFile?.test ?? 0 } };
}

function checked(rule: SplitRule): SplitRule {
  checkSplit(rule);
  return rule;
}
