import { SamplerError } from './sampler-error.js';

/** What an option may hold. */
export interface OptionRule {
  readonly expected: string;
  accepts(value: unknown): boolean;
}

/** One rule for every option of `T`. */
export type OptionRules<T> = { readonly [K in keyof T]-?: OptionRule };

export function wholeNumber(min: number): OptionRule {
  return {
    expected: `a whole number of at least ${min}`,
    accepts: (value) => Number.isSafeInteger(value) && (value as number) >= min,
  };
}

export function numberWithin(low: number, high: number): OptionRule {
  return {
    expected: `a number from ${low} to ${high}`,
    accepts: (value) => typeof value === 'number' && value >= low && value <= high,
  };
}

export function oneOf(...words: readonly string[]): OptionRule {
  return { expected: `one of ${words.join(', ')}`, accepts: (value) => words.some((word) => word === value) };
}

/**
 * Lays the options over the defaults and checks every one of them; one that is undefined counts as left out.
 * @throws {SamplerError} `UNKNOWN_OPTION` for a name without a rule, `BAD_OPTION` for a value against its rule
 */
export function resolveOptions<T extends object>(
  sampler: string,
  rules: OptionRules<T>,
  defaults: T,
  options: Partial<T>,
): Readonly<T> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) {
    if (!Object.hasOwn(rules, name)) throw unknownOption(sampler, Object.keys(rules), name);
    const { accepts, expected } = rules[name as keyof T];
    if (accepts(value)) continue;
    throw new SamplerError('BAD_OPTION', `Sampler ${sampler}: ${name} must be ${expected}, got ${show(value)}`);
  }
  return Object.freeze({ ...defaults, ...Object.fromEntries(given) });
}

function unknownOption(sampler: string, known: readonly string[], got: string): SamplerError {
  const allowed = known.length === 0 ? 'it takes none' : `allowed: ${known.join(', ')}`;
  return new SamplerError('UNKNOWN_OPTION', `Sampler ${sampler} has no option '${got}'; ${allowed}`);
}

function show(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
}
