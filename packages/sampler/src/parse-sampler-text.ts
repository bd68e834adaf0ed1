import { SamplerError } from './sampler-error.js';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A sampler as plain data; `{ name, settings }` of a sampler builds the same one again. */
export interface SamplerDescription {
  readonly name: string;
  /** Options left out take their defaults. */
  readonly settings?: unknown;
}

/**
 * Reads `name`, `name:option=value,option=value` or a JSON object; names and values stay unchecked.
 * @throws {SamplerError} `BAD_SPEC`
 */
export function parseSamplerText(text: string): SamplerDescription {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) return parseJson(trimmed);
  const colon = trimmed.indexOf(':');
  if (colon < 0) return { name: trimmed };
  const settings: Record<string, number | string> = {};
  for (const item of trimmed.slice(colon + 1).split(',')) {
    const [option, value] = parseItem(item);
    if (Object.hasOwn(settings, option)) throw badSpec(text, `${option} is given twice`);
    settings[option] = value;
  }
  return { name: trimmed.slice(0, colon).trim(), settings };
}

function parseItem(item: string): readonly [string, number | string] {
  const equals = item.indexOf('=');
  const option = item.slice(0, equals).trim();
  const value = item.slice(equals + 1).trim();
  if (equals < 0 || option === '' || value === '') throw badSpec(item.trim(), 'expected option=value');
  return [option, NUMBER.test(value) ? Number(value) : value];
}

function parseJson(text: string): SamplerDescription {
  try {
    return JSON.parse(text) as SamplerDescription;
  } catch (cause) {
    throw new SamplerError('BAD_SPEC', `cannot read the sampler's JSON: ${text}`, { cause });
  }
}

function badSpec(got: string, problem: string): SamplerError {
  return new SamplerError(
    'BAD_SPEC',
    `cannot read sampler ${JSON.stringify(got)}: ${problem}. Write for example tpe, sobol or tpe:startup=20,candidates=64`,
  );
}
