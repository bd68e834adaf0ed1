import type { Scalar } from '@assay/space';
import type { TrialRecord } from '@assay/study';
import { formatScalar } from '../text/format-scalar.js';
import type { Field } from './trial-fields.js';

export interface Filter {
  readonly matches: (trial: TrialRecord) => boolean;
  /** What is wrong with the text; what is right of it applies all the same. */
  readonly problem: string | null;
}

type Test = (trial: TrialRecord) => boolean;

const COMPARISON = /^(.+?)(<=|>=|!=|=|<|>|~)(.*)$/;

/**
 * Words with a space between them, all of which must hold: `lr>0.01`, `state=failed`, `activation!=relu`, `reason~died`
 * (contains), `@17`, `best` (or `front`), or any text that appears in the state, the reason or a parameter. Letter case does
 * not matter.
 * @param best numbers of the best trials
 */
export function parseFilter(text: string, fields: readonly Field[], best: ReadonlySet<number>): Filter {
  const parsed = text
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => parseWord(word, fields, best));
  const tests = parsed.flatMap((word) => (typeof word === 'string' ? [] : word));
  const problem = parsed.find((word) => typeof word === 'string') ?? null;
  return { matches: (trial) => tests.every((test) => test(trial)), problem: problem as string | null };
}

/** A test, or what is wrong. */
function parseWord(word: string, fields: readonly Field[], best: ReadonlySet<number>): Test | string {
  if (/^(best|front)$/i.test(word)) return ({ number }) => best.has(number);
  if (/^@\d+$/.test(word)) return ({ number }) => number === Number(word.slice(1));
  const comparison = COMPARISON.exec(word);
  if (comparison === null) return textTest(word.toLowerCase(), fields);
  const [, name, operator, operand] = comparison as unknown as [string, string, string, string];
  const field = findField(name, fields);
  if (field === undefined) return `there is no '${name}'; try state, ${fields.at(-1)?.name ?? 'value'} or plain text`;
  return operand === '' ? () => true : comparisonTest(field, operator, operand);
}

function findField(name: string, fields: readonly Field[]): Field | undefined {
  const wanted = name.toLowerCase();
  return (
    fields.find((field) => field.name === name) ??
    fields.find((field) => field.name.toLowerCase() === wanted || field.aliases.includes(wanted)) ??
    fields.find((field) => field.name.toLowerCase().endsWith(`.${wanted}`))
  );
}

function textTest(text: string, fields: readonly Field[]): Test {
  const looked = fields.filter(({ kind }) => kind === 'state' || kind === 'reason' || kind === 'param');
  return (trial) =>
    String(trial.number) === text ||
    looked.some((field) => {
      const value = field.read(trial);
      if (value === null) return false;
      return (field.kind === 'param' ? `${field.name}=${value}` : String(value)).toLowerCase().includes(text);
    });
}

function comparisonTest(field: Field, operator: string, operand: string): Test {
  const number = Number(operand);
  const text = operand.toLowerCase();
  const equals = (value: Scalar): boolean =>
    typeof value === 'number'
      ? value === number || formatScalar(value) === operand
      : String(value).toLowerCase() === text;
  return (trial) => {
    const value = field.read(trial);
    switch (operator) {
      case '=':
        return equals(value);
      case '!=':
        return !equals(value);
      case '~':
        return String(value).toLowerCase().includes(text);
      default:
        return typeof value === 'number' && ordered(value, operator, number);
    }
  };
}

function ordered(value: number, operator: string, operand: number): boolean {
  if (operator === '<') return value < operand;
  if (operator === '<=') return value <= operand;
  return operator === '>' ? value > operand : value >= operand;
}
