import { unknownOption } from './option-rules.js';
import { PrunerError } from './pruner-error.js';
import { checkPrunerName, PRUNER_KINDS, type PrunerName } from './pruner-kinds.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WRAPPED = /(?:^|,)\s*wrapped\s*=(.*)$/s;

/**
 * Reads `name`, `name:value` or `name:option=value,option=value`. Options go by their short or long name; values stay
 * unchecked. `patient` takes another pruner's text as its last option: `patient:3,wrapped=median:warmup=5`.
 * @throws {PrunerError} `UNKNOWN_PRUNER`, `UNKNOWN_OPTION`, `BAD_SYNTAX`
 */
export function parsePrunerText(text: string): Readonly<Record<string, unknown>> {
  const colon = text.indexOf(':');
  const name = checkPrunerName((colon < 0 ? text : text.slice(0, colon)).trim());
  const description: Record<string, unknown> = { name };
  if (colon < 0) return description;

  let items = text.slice(colon + 1);
  const wrapped = name === 'patient' ? WRAPPED.exec(items) : null;
  if (wrapped !== null) {
    description.wrapped = parsePrunerText(wrapped[1]!.trim());
    items = items.slice(0, wrapped.index);
    if (items === '') return description;
  }
  for (const item of items.split(',')) {
    const [option, value] = parseItem(name, item.trim());
    if (Object.hasOwn(description, option)) throw badSyntax(name, `${option} is given twice`);
    description[option] = value;
  }
  return description;
}

function parseItem(name: PrunerName, item: string): readonly [option: string, value: number | string] {
  const equals = item.indexOf('=');
  if (equals >= 0) return [optionNamed(name, item.slice(0, equals).trim()), parseValue(item.slice(equals + 1).trim())];
  const { bare } = PRUNER_KINDS[name];
  if (bare === null || item === '') throw badSyntax(name, `expected option=value, got ${JSON.stringify(item)}`);
  return [bare, parseValue(item)];
}

function optionNamed(name: PrunerName, word: string): string {
  const { rules } = PRUNER_KINDS[name];
  const option = Object.keys(rules).find((long) => long === word || rules[long]!.short === word);
  if (option === undefined) throw unknownOption(name, rules, word);
  return option;
}

function parseValue(text: string): number | string {
  return NUMBER.test(text) ? Number(text) : text;
}

function badSyntax(name: PrunerName, what: string): PrunerError {
  return new PrunerError(
    'BAD_SYNTAX',
    `Pruner ${name}: ${what}. Write for example median, percentile:25 or asha:eta=3,min=1`,
  );
}
