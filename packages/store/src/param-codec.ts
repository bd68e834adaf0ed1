import type { ParamValues, Scalar, SearchSpace } from '@assay/space';
import { decodeDistribution, decodeValue, encodeDistribution, encodeValue, SpaceError } from '@assay/space';
import { type ForeignDistribution, type StoredDistribution, StoreError } from '@assay/study';
import { readJson, writeJson } from './json-text.js';

/** The values of ordered parameters by name: Optuna's tables hold positions only. */
export type OrderedValues = Readonly<Record<string, readonly Scalar[]>>;

export interface ParamRow {
  readonly name: string;
  readonly value: number;
  readonly distribution: string;
}

/** A study's space is the same object with every trial. */
const knownOrdered = new WeakMap<SearchSpace, OrderedValues>();

export function orderedValues(space: SearchSpace): OrderedValues {
  let ordered = knownOrdered.get(space);
  if (ordered === undefined) {
    ordered = Object.fromEntries(
      space.flatMap(({ name, distribution }) => (distribution.kind === 'ordered' ? [[name, distribution.values]] : [])),
    );
    knownOrdered.set(space, ordered);
  }
  return ordered;
}

/** @throws {StoreError} `INVALID_VALUE` for a parameter that is not in the space, or a value that it cannot take */
export function toParamRows(params: ParamValues, space: SearchSpace): readonly ParamRow[] {
  const distributions = new Map(space.map(({ name, distribution }) => [name, distribution]));
  return Object.entries(params).map(([name, value]) => {
    const distribution = distributions.get(name);
    if (distribution !== undefined) return toParamRow(name, value, distribution);
    throw new StoreError('INVALID_VALUE', `the space has no parameter ${JSON.stringify(name)}`);
  });
}

/** @throws {StoreError} `INVALID_VALUE` for a value that the parameter cannot take */
export function toParamRow(name: string, value: Scalar, distribution: StoredDistribution): ParamRow {
  return { name, value: storedValue(name, distribution, value), distribution: textOf(distribution) };
}

/** So are its distributions. */
const texts = new WeakMap<StoredDistribution, string>();

function textOf(distribution: StoredDistribution): string {
  let text = texts.get(distribution);
  if (text === undefined) {
    text = distribution.kind === 'foreign' ? distribution.json : encodeDistribution(distribution);
    texts.set(distribution, text);
  }
  return text;
}

function storedValue(name: string, distribution: StoredDistribution, value: Scalar): number {
  const stored =
    distribution.kind === 'foreign'
      ? foreignValue(distribution, value)
      : refusing(() => encodeValue(distribution, value), name);
  if (typeof stored === 'number' && !Number.isNaN(stored)) return stored;
  throw new StoreError('INVALID_VALUE', `parameter ${JSON.stringify(name)} cannot be ${JSON.stringify(value)}`);
}

/** The position of a choice; a number where there are none. NaN is a choice like any other. */
function foreignValue({ choices }: ForeignDistribution, value: Scalar): Scalar {
  const position = choices.findIndex((choice) => Object.is(choice, value));
  return position < 0 && choices.length > 0 ? null : position < 0 ? value : position;
}

function refusing<T>(body: () => T, name: string): T {
  try {
    return body();
  } catch (cause) {
    if (!(cause instanceof SpaceError)) throw cause;
    throw new StoreError('INVALID_VALUE', `parameter ${JSON.stringify(name)}: ${cause.message}`, { cause });
  }
}

/** Fixed parameters as Optuna wants them: its own values, an ordered one as its position. */
export function toFixedParams(params: ParamValues, ordered: OrderedValues): ParamValues {
  return mapParams(params, (name, value) => {
    const position = ordered[name]?.indexOf(value) ?? -1;
    return position < 0 ? value : position;
  });
}

export function fromFixedParams(params: ParamValues, ordered: OrderedValues): ParamValues {
  return mapParams(params, (name, value) => orderedValue(ordered[name], value));
}

/** An ordered parameter's value; other parameters', and positions beyond the list, stay what they are. */
export function orderedValue(values: readonly Scalar[] | undefined, stored: Scalar): Scalar {
  const value = typeof stored === 'number' ? values?.[stored] : undefined;
  return value === undefined ? stored : value;
}

function mapParams(params: ParamValues, change: (name: string, value: Scalar) => Scalar): ParamValues {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, change(name, value)]));
}

/** What a stored distribution means. */
export interface DecodedDistribution {
  readonly distribution: StoredDistribution;
  /** Turns a stored value into the parameter's. */
  readonly decode: (stored: number) => Scalar;
}

/** Reads stored distributions. They repeat from trial to trial, so each text is read once. */
export class ParamDecoder {
  readonly #decoded = new Map<string, DecodedDistribution>();

  of(text: string): DecodedDistribution {
    let decoded = this.#decoded.get(text);
    if (decoded === undefined) {
      decoded = decodedFrom(text);
      this.#decoded.set(text, decoded);
    }
    return decoded;
  }
}

function decodedFrom(text: string): DecodedDistribution {
  try {
    const distribution = decodeDistribution(text);
    return { distribution, decode: (stored) => decodeValue(distribution, stored) };
  } catch (error) {
    if (!(error instanceof SpaceError)) throw error;
    return pythonDistribution(text);
  }
}

function pythonDistribution(json: string): DecodedDistribution {
  const { attributes } = readJson(json) as { readonly attributes?: { readonly choices?: unknown } };
  const listed = attributes?.choices;
  const choices = (Array.isArray(listed) ? listed : []).map((choice): Scalar => {
    return isScalar(choice) ? choice : writeJson(choice, 'a choice', 'bare');
  });
  const decode = Array.isArray(listed) ? (stored: number) => choices[stored] ?? null : (stored: number) => stored;
  return { distribution: { kind: 'foreign', json, choices }, decode };
}

function isScalar(choice: unknown): choice is Scalar {
  return choice === null || typeof choice !== 'object';
}
