import type { ColumnInspection, InspectionWarning, TableInspection } from '@assay/preprocessing';

/** What becomes of one column in a suggested recipe. */
export interface SuggestedColumn {
  readonly column: string;
  /** The column's declaration in the recipe, as code; null: the recipe does not read it. */
  readonly type: string | null;
  /** Lines `name: expression` of the recipe's features. */
  readonly features: readonly string[];
  /** Lines of the recipe's rules. */
  readonly rules: readonly string[];
  /** Builder functions that the lines use. */
  readonly uses: readonly string[];
  /** Why it is left out, or what to check; null: nothing. */
  readonly remark: string | null;
}

/** Whole numbers with more values than this are amounts, unless their name says that they are codes. */
const CODES = 30;
const CODE_NAME = /(id|code|zone|type|class|station|flag|kind|status)$/i;
/** A category that fewer rows have is learned together with the unknown ones. */
const RARE = 10;
const LONG_RANGE_MS = 60 * 86_400_000;

/**
 * A first choice of features for every column but the label: numbers standardized, clipped where a few lie far out, categories
 * where values repeat, parts of one timestamp, the distance between two places; keys, empty columns and what follows the label
 * too closely are left out. Rows with a number that stands for "unknown" are dropped.
 */
export function suggestFeatures({ columns, warnings }: TableInspection, label: string): SuggestedColumn[] {
  const time = mainTime(columns);
  const suggestions = columns
    .filter(({ name }) => name !== label)
    .map((column) => {
      const { name } = column;
      const own = warnings.filter((warning) => warning.column === name);
      const warned = (kind: InspectionWarning['kind']): boolean => own.some((warning) => warning.kind === kind);
      const remark = reasonAgainst(column, warned, time);
      if (remark !== null) return { ...LEFT_OUT, column: name, remark };
      const filler = own.find(({ value }) => value !== undefined)?.value;
      const { uses, ...rest } = suggested(column, warned('outlier'));
      const rules = fillerRules(column, filler);
      return {
        column: name,
        remark: null,
        ...rest,
        rules,
        uses: rules.length > 0 ? [...uses, 'dropIf', 'oneOf'] : uses,
      };
    });
  return [...suggestions, ...distance(suggestions)];
}

const LEFT_OUT = { type: null, features: [], rules: [], uses: [] } as const;

/** The time that a row is about: one by name, else the first. */
function mainTime(columns: readonly ColumnInspection[]): string | undefined {
  const times = columns.filter(({ type }) => type === 'timestamp').map(({ name }) => name);
  return times.find((name) => /pickup|start|begin|created|date|time/i.test(name)) ?? times[0];
}

/** Where a column's fillers are numbers far from all others, a network could only be misled by them. */
function fillerRules({ name, type }: ColumnInspection, filler: string | undefined): readonly string[] {
  if (filler === undefined || type !== 'number') return [];
  return [`dropIf(${quoted(`${name} is ${filler}`)}, oneOf(${quoted(name)}, [${filler}]))`];
}

/** Where two places are given by latitude and longitude. */
function distance(suggestions: readonly SuggestedColumn[]): SuggestedColumn[] {
  const used = suggestions.filter(({ type }) => type === "'number'").map(({ column }) => column);
  const points = used.flatMap((latitude) => {
    const rest = latitude.replace(/lat(itude)?/i, '');
    const longitude =
      rest === latitude
        ? undefined
        : used.find((name) => name !== latitude && name.replace(/(lon(gitude)?|lng)/i, '') === rest);
    return longitude === undefined ? [] : [`point(${quoted(latitude)}, ${quoted(longitude)})`];
  });
  if (points.length !== 2) return [];
  const features = [`distance: standardized(haversine(${points.join(', ')}))`];
  return [
    { column: 'distance', type: null, remark: null, features, rules: [], uses: ['haversine', 'point', 'standardized'] },
  ];
}

function reasonAgainst(
  { name, type, distinct }: ColumnInspection,
  warned: (kind: InspectionWarning['kind']) => boolean,
  time: string | undefined,
): string | null {
  if (warned('empty')) return 'hardly a cell is filled';
  if (warned('constant')) return 'one value only';
  if (warned('leakage')) return 'follows the label: is it known when a prediction is asked for?';
  if (warned('unique')) return 'a key';
  if (type === 'text' && warned('unparsable')) return 'amounts that are written as text: write them as plain numbers';
  if (type === 'timestamp' && name !== time) return 'a second time: is it known when a prediction is asked for?';
  return type === 'text' && distinct === null ? 'too many different texts' : null;
}

type Suggestion = Pick<SuggestedColumn, 'type' | 'features' | 'uses'>;

function suggested(column: ColumnInspection, isClipped: boolean): Suggestion {
  switch (column.type) {
    case 'timestamp':
      return timeParts(column);
    case 'text':
      return category(column, 'text');
    case 'integer':
      return isCode(column) ? category(column, 'integer') : amount(column, isClipped);
    case 'number':
      return amount(column, isClipped);
  }
}

function isCode({ name, distinct }: ColumnInspection): boolean {
  return distinct !== null && (distinct <= CODES || CODE_NAME.test(name));
}

function category({ name, missing }: ColumnInspection, type: string): Suggestion {
  const features = [`${key(name)}: category(${quoted(name)}, { min: ${RARE} })`];
  return { type: optional(type, missing), features, uses: ['category'] };
}

function amount({ name, type, missing, quantiles }: ColumnInspection, isClipped: boolean): Suggestion {
  const { low, median, high } = quantiles ?? { low: 0, median: 0, high: 0 };
  const isFilled = missing > 0;
  const value = isFilled ? `filled(${quoted(name)}, ${short(median)})` : quoted(name);
  const clipped = isClipped ? `clip(${value}, ${short(low)}, ${short(high)})` : value;
  const features = [`${key(name)}: standardized(${clipped})`];
  if (isFilled) features.push(`${key(`${name} missing`)}: missing(${quoted(name)})`);
  const uses = ['standardized', ...(isClipped ? ['clip'] : []), ...(isFilled ? ['filled', 'missing'] : [])];
  return { type: optional(type, missing), features, uses };
}

/** Month only where the rows span several, hour only where there are hours. */
function timeParts({ name, missing, quantiles, formats }: ColumnInspection): Suggestion {
  const isLong = quantiles !== null && quantiles.high - quantiles.low > LONG_RANGE_MS;
  const hasHours = formats?.some((format) => format !== 'date') ?? true;
  const features = [
    `${key(`${name} weekday`)}: weekday(${quoted(name)})`,
    ...(hasHours ? [`${key(`${name} hour`)}: cyclic(hour(${quoted(name)}))`] : []),
    ...(isLong ? [`${key(`${name} month`)}: month(${quoted(name)})`] : []),
  ];
  return {
    type: timeType(missing, formats ?? []),
    features,
    uses: ['weekday', ...(hasHours ? ['cyclic', 'hour'] : []), ...(isLong ? ['month'] : [])],
  };
}

function timeType(missing: number, formats: readonly string[]): string {
  if (formats.every((format) => format === 'iso')) return optional('timestamp', missing);
  const isOptional = missing > 0 ? ', optional: true' : '';
  return `{ type: 'timestamp', formats: [${formats.map(quoted).join(', ')}]${isOptional} }`;
}

const optional = (type: string, missing: number): string => quoted(missing > 0 ? `${type}?` : type);
const short = (value: number): string => String(Number(value.toPrecision(4)));

export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A property name as people write it: quoted only where it must be. */
export const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));
