import { checkedDistribution, show } from './checked-distribution.js';
import { categorical, float, int } from './declaration.js';
import type { Distribution, Scalar } from './distribution.js';
import { pythonFloat, pythonScalar } from './python-json.js';
import { SpaceError } from './space-error.js';

type Attributes = Readonly<Record<string, unknown>>;

interface OptunaClass {
  readonly keys: readonly string[];
  /** The result is checked afterwards, types of the attributes included. */
  readonly read: (attributes: Attributes) => Distribution;
}

/** Current classes and those of Optuna 1 and 2, which old studies still hold (`optuna/distributions.py`). */
const OPTUNA_CLASSES = new Map<unknown, OptunaClass>([
  ['FloatDistribution', { keys: ['low', 'high', 'log', 'step'], read: (a) => readFloat(a, a.log, a.step) }],
  ['UniformDistribution', { keys: ['low', 'high'], read: (a) => readFloat(a, false, null) }],
  ['LogUniformDistribution', { keys: ['low', 'high'], read: (a) => readFloat(a, true, null) }],
  ['DiscreteUniformDistribution', { keys: ['low', 'high', 'q'], read: (a) => readFloat(a, false, a.q) }],
  ['IntDistribution', { keys: ['low', 'high', 'log', 'step'], read: (a) => readInt(a, a.log) }],
  ['IntUniformDistribution', { keys: ['low', 'high', 'step'], read: (a) => readInt(a, false) }],
  ['IntLogUniformDistribution', { keys: ['low', 'high', 'step'], read: (a) => readInt(a, true) }],
  ['CategoricalDistribution', { keys: ['choices'], read: (a) => categorical(a.choices as Scalar[]) }],
]);

const SHORT_FORMS = new Map<unknown, string>([
  ['float', 'FloatDistribution'],
  ['int', 'IntDistribution'],
  ['categorical', 'CategoricalDistribution'],
]);

/**
 * The distribution as Optuna stores it in `trial_params.distribution_json`, byte for byte as Optuna 5 writes it.
 * An ordered list of values becomes an int over its positions; Optuna does not see the values.
 */
export function encodeDistribution(distribution: Distribution): string {
  switch (distribution.kind) {
    case 'float': {
      const step = distribution.step === null ? 'null' : pythonFloat(distribution.step);
      const bounds = `"low": ${pythonFloat(distribution.low)}, "high": ${pythonFloat(distribution.high)}`;
      return `{"name": "FloatDistribution", "attributes": {"step": ${step}, ${bounds}, "log": ${distribution.log}}}`;
    }
    case 'int':
      return encodeInt(distribution.low, distribution.high, distribution.log, distribution.step);
    case 'categorical': {
      const choices = distribution.choices.map(pythonScalar).join(', ');
      return `{"name": "CategoricalDistribution", "attributes": {"choices": [${choices}]}}`;
    }
    case 'ordered':
      return encodeInt(0, distribution.values.length - 1, false, 1);
  }
}

function encodeInt(low: number, high: number, log: boolean, step: number): string {
  return `{"name": "IntDistribution", "attributes": {"log": ${log}, "step": ${step}, "low": ${low}, "high": ${high}}}`;
}

/**
 * Reads Optuna's distribution JSON: today's names, those of Optuna 1 and 2, and the short form `{"type": "float", ...}`.
 * Never gives `ordered`: whoever stored the values knows that the int is a position.
 * @throws {SpaceError} `BAD_JSON` when it is none of these, also for choices that only Python can read (NaN, Infinity);
 *   `BAD_BOUNDS`, `BAD_STEP`, `BAD_CHOICES` when it describes no set of scalars (choices that are lists, for one)
 */
export function decodeDistribution(text: string): Distribution {
  const { name, attributes } = longForm(parseJson(text), text);
  const optunaClass = OPTUNA_CLASSES.get(name);
  if (optunaClass === undefined) {
    const known = [...OPTUNA_CLASSES.keys()].join(', ');
    throw new SpaceError('BAD_JSON', `Distribution ${text}: unknown name ${show(name)}, expected one of ${known}`);
  }
  const { keys, read } = optunaClass;
  const stray = Object.keys(attributes).find((key) => !keys.includes(key));
  if (stray !== undefined) {
    throw new SpaceError('BAD_JSON', `Distribution ${text}: unknown attribute '${stray}', expected ${keys.join(', ')}`);
  }
  return checkedDistribution(`Distribution ${text}`, read(attributes));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const hint = /NaN|Infinity/.test(text) ? ' (NaN and Infinity are Python only)' : '';
    throw new SpaceError('BAD_JSON', `Distribution ${text}: this is not JSON${hint}`, { cause });
  }
}

function longForm(json: unknown, text: string): { readonly name: unknown; readonly attributes: Attributes } {
  if (isObject(json)) {
    if ('type' in json) {
      const { type, ...attributes } = json;
      return { name: SHORT_FORMS.get(type) ?? type, attributes };
    }
    if (isObject(json.attributes)) return { name: json.name, attributes: json.attributes };
  }
  throw new SpaceError('BAD_JSON', `Distribution ${text}: expected an object with name and attributes`);
}

function isObject(json: unknown): json is Attributes {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function readFloat({ low, high }: Attributes, log: unknown, step: unknown): Distribution {
  return {
    ...float(low as number, high as number),
    log: (log ?? false) as boolean,
    step: (step ?? null) as number | null,
  };
}

function readInt({ low, high, step }: Attributes, log: unknown): Distribution {
  return { ...int(low as number, high as number), log: (log ?? false) as boolean, step: (step ?? 1) as number };
}

/**
 * The value as Optuna stores it in `trial_params.param_value`: a number as it is (never its logarithm),
 * a categorical or ordered value as its position.
 * @throws {SpaceError} `OUT_OF_RANGE` when a categorical or ordered value is not in its list
 */
export function encodeValue(distribution: Distribution, value: Scalar): number {
  switch (distribution.kind) {
    case 'float':
    case 'int':
      return value as number;
    case 'categorical':
      return positionOf(distribution.choices, value);
    case 'ordered':
      return positionOf(distribution.values, value);
  }
}

/**
 * The inverse of `encodeValue`. A number outside of its range is handed through, as Optuna keeps enqueued ones.
 * @throws {SpaceError} `OUT_OF_RANGE` when a position is beyond its list
 */
export function decodeValue(distribution: Distribution, stored: number): Scalar {
  switch (distribution.kind) {
    case 'float':
      return stored;
    case 'int':
      return Math.trunc(stored);
    case 'categorical':
      return scalarAt(distribution.choices, stored);
    case 'ordered':
      return scalarAt(distribution.values, stored);
  }
}

function positionOf(scalars: readonly Scalar[], value: Scalar): number {
  const position = scalars.indexOf(value);
  if (position >= 0) return position;
  throw new SpaceError('OUT_OF_RANGE', `Cannot store ${show(value)}; expected one of ${scalars.map(show).join(', ')}`);
}

function scalarAt(scalars: readonly Scalar[], stored: number): Scalar {
  const scalar = scalars[Math.trunc(stored)];
  if (scalar !== undefined) return scalar;
  const list = scalars.map(show).join(', ');
  throw new SpaceError('OUT_OF_RANGE', `Stored position ${stored} is not one of the ${scalars.length} values ${list}`);
}
