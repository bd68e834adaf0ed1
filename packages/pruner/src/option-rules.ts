import { PrunerError } from './pruner-error.js';

/** What an option may hold, and its short name on the command line. */
export interface OptionRule {
  readonly short: string;
  readonly expected: string;
  accepts(value: unknown): boolean;
}

/** One rule for every option of `T`. */
export type OptionRules<T = Record<string, unknown>> = { readonly [K in keyof T]-?: OptionRule };

export function wholeNumber(short: string, min: number): OptionRule {
  return { short, expected: `a whole number of at least ${min}`, accepts: (value) => isWholeNumber(value, min) };
}

export function resource(short: string): OptionRule {
  return {
    short,
    expected: "'auto' or a whole number of at least 1",
    accepts: (value) => value === 'auto' || isWholeNumber(value, 1),
  };
}

export function numberWithin(short: string, low: number, high: number): OptionRule {
  return {
    short,
    expected: `a number from ${low} to ${high}`,
    accepts: (value) => typeof value === 'number' && value >= low && value <= high,
  };
}

export function nonNegative(short: string): OptionRule {
  return {
    short,
    expected: 'a finite number of at least 0',
    accepts: (value) => Number.isFinite(value) && (value as number) >= 0,
  };
}

export function finiteOrNull(short: string): OptionRule {
  return {
    short,
    expected: 'a finite number, or null for no bound',
    accepts: (value) => value === null || Number.isFinite(value),
  };
}

function isWholeNumber(value: unknown, min: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= min;
}

/**
 * Lays the options over the defaults and checks every one of them.
 * @throws {PrunerError} `UNKNOWN_OPTION` for a name without a rule, `BAD_OPTION` for a value against its rule
 */
export function resolveOptions<T extends object>(
  pruner: string,
  rules: OptionRules<T>,
  defaults: Partial<T>,
  options: Partial<T>,
): Readonly<T> {
  if (typeof options !== 'object' || options === null) {
    throw new PrunerError('BAD_OPTION', `Pruner ${pruner} takes an object of options, got ${describe(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(rules, name)) throw unknownOption(pruner, rules, name);
  }
  const resolved = { ...defaults, ...options } as T;
  for (const name of Object.keys(rules) as (keyof T & string)[]) {
    const { short, expected, accepts } = rules[name];
    if (accepts(resolved[name])) continue;
    const option = short === name ? name : `${name} (${short})`;
    throw new PrunerError(
      'BAD_OPTION',
      `Pruner ${pruner}: ${option} must be ${expected}, got ${describe(resolved[name])}`,
    );
  }
  return Object.freeze(resolved);
}

/** The refusal of an option that the pruner does not have, naming those it has, short names in brackets. */
export function unknownOption(pruner: string, rules: OptionRules, got: string): PrunerError {
  const allowed = Object.entries(rules).map(([name, { short }]) => (short === name ? name : `${name} (${short})`));
  const list = allowed.length === 0 ? 'it takes no options' : `allowed: ${allowed.join(', ')}`;
  return new PrunerError('UNKNOWN_OPTION', `Pruner ${pruner} has no option ${describe(got)}; ${list}`);
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
}
