import { describe, expect, it } from 'vitest';
import { cacheKey } from '../cache-key.js';
import { category } from './category-builders.js';
import { featureColumns, featureSet, NOTHING_LEARNED } from './feature-set.js';
import { cyclic, hour, log1p, minutesBetween, standardized, weekday, year } from './number-builders.js';
import { type RecipeDeclaration, recipe } from './recipe.js';
import { between, dropUnless, matches } from './rule-builders.js';
import { splitByTime } from './split-builders.js';

const RIDES: RecipeDeclaration = {
  name: 'rides',
  columns: {
    start: 'timestamp',
    end: { type: 'timestamp', formats: ['iso', 'month/day/year'] },
    zone: 'text',
    distance: 'number',
    tip: 'number?',
  },
  label: { duration: minutesBetween('start', 'end') },
  rules: [between('distance', 0, 100), dropUnless('odd zone', matches('zone', /\d+/))],
  features: {
    distance: log1p('distance'),
    zone: category('zone'),
    time: { weekday: weekday('start'), hour: cyclic(hour('start')), year: year('start') },
    end_hour: hour('end'),
    tip: 'tip',
  },
};

const declared = (changes: Partial<RecipeDeclaration>) => () => recipe({ ...RIDES, ...changes });

describe('a recipe', () => {
  it('is plain data', () => {
    const rides = recipe(RIDES);
    expect(JSON.parse(JSON.stringify(rides))).toEqual(rides);
  });

  it('spells out what its declaration leaves unsaid', () => {
    const { columns, label, rules, split, features } = recipe(RIDES);
    expect(columns[0]).toEqual({ name: 'start', type: 'timestamp' });
    expect(columns[1]).toEqual({ name: 'end', type: 'timestamp', formats: ['iso', 'month/day/year'] });
    expect(columns[4]).toEqual({ name: 'tip', type: 'number', optional: true });
    expect(label).toEqual({ name: 'duration', value: { kind: 'minutesBetween', from: 'start', to: 'end' } });
    expect(rules.map(({ reason }) => reason)).toEqual(['not: distance between 0 and 100', 'odd zone']);
    const shares = { validation: 0.15, test: 0.15, validationFile: { test: 0 } };
    expect(split).toEqual({ by: 'rows', ...shares, unlessFiles: true });
    expect(features.map(({ group, name, feature }) => `${group}.${name} ${feature.kind}`)).toEqual([
      'distance.distance number',
      'zone.zone category',
      'time.weekday category',
      'time.hour cyclic',
      'time.year number',
      'end_hour.end_hour category',
      'tip.tip number',
    ]);
    expect(recipe({ ...RIDES, label: 'distance' }).label.value).toEqual({ kind: 'column', column: 'distance' });
    expect(recipe({ ...RIDES, label: { far: 'distance' } }).label).toEqual({
      name: 'far',
      value: { kind: 'column', column: 'distance' },
    });
  });

  it('stores its features in columns, in groups without gap', () => {
    const { columns, groups } = featureSet(recipe(RIDES), NOTHING_LEARNED);
    expect(
      columns.map(({ name, categories }) => `${name}${categories === null ? '' : `#${categories.length}`}`),
    ).toEqual(['distance', 'zone#0', 'weekday#7', 'hour_sin', 'hour_cos', 'year', 'end_hour#24', 'tip']);
    expect(groups.map(({ name, start, end }) => [name, start, end])).toEqual([
      ['distance', 0, 1],
      ['zone', 1, 2],
      ['time', 2, 6],
      ['end_hour', 6, 7],
      ['tip', 7, 8],
    ]);
  });

  it('needs only the columns of its features to predict', () => {
    const features = { distance: 'distance', zone: category('zone') };
    expect(featureColumns(recipe({ ...RIDES, features })).map(({ name }) => name)).toEqual(['zone', 'distance']);
  });

  it('changes the key of what is prepared with everything it says', () => {
    const keyOf = (changes: Partial<RecipeDeclaration>) => cacheKey(declared(changes)(), [], 10, 'csv', null);
    const keys = [
      {},
      { rules: [] },
      { rules: [between('distance', 0, 101), dropUnless('odd zone', matches('zone', /\d+/))] },
      { features: { ...RIDES.features, zone: category('zone', { min: 2 }) } },
      { features: { ...RIDES.features, distance: standardized('distance') } },
      { split: splitByTime('start', { testFrom: '2020-01-01' }) },
      { label: 'distance' },
    ].map(keyOf);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyOf({})).toBe(keys[0]);
  });
});

describe('a recipe is refused', () => {
  it.each([
    {
      name: 'in the label',
      changes: { label: 'distanse' },
      says: /label distanse.*"distanse".*Did you mean "distance"/,
    },
    { name: 'in a rule', changes: { rules: [between('Distance', 0, 1)] }, says: /rule not: Distance.*"distance"\?/ },
    { name: 'in a feature', changes: { features: { f: category('zones') } }, says: /feature f.*"zones".*"zone"\?/ },
    { name: 'in the split', changes: { split: splitByTime('begin', { test: 0.1 }) }, says: /split.*"begin"/ },
  ])('that names an unknown column $name', ({ changes, says }) => {
    expect(declared(changes)).toThrow(expect.objectContaining({ code: 'UNKNOWN_COLUMN' }));
    expect(declared(changes)).toThrow(says);
  });

  it.each([
    { name: 'named like a path', changes: { name: '../x' }, says: /folder name/ },
    { name: 'with an endless number', changes: { rules: [between('tip', 0, Infinity)] }, says: /high is Infinity/ },
    { name: 'without a label', changes: { label: undefined as never }, says: /0 labels; expected one/ },
    {
      name: 'with a type that is none',
      changes: { columns: { ...RIDES.columns, distance: 'numbr' as 'number' } },
      says: /column distance is "numbr"; expected number, integer, text, timestamp/,
    },
    {
      name: 'with a format that is none',
      changes: { columns: { ...RIDES.columns, end: { type: 'timestamp', formats: ['d/m/y' as 'iso'] } } },
      says: /column end has the format "d\/m\/y"; expected iso, month\/day\/year/,
    },
    { name: 'without features', changes: { features: {} }, says: /no features/ },
    { name: 'with two labels', changes: { label: { a: year('start'), b: year('end') } }, says: /2 labels/ },
    { name: 'that counts with text', changes: { features: { f: log1p('zone') } }, says: /column zone is text/ },
    { name: 'that matches numbers', changes: { rules: [matches('distance', /1/)] }, says: /distance holds numbers/ },
    { name: 'that takes the hour of a number', changes: { features: { f: hour('distance') } }, says: /no times/ },
    { name: 'with an unknown zone', changes: { features: { f: hour('start', 'Mars') } }, says: /time zone "Mars"/ },
    { name: 'whose split has no time', changes: { split: splitByTime('zone', { test: 0.1 }) }, says: /no times/ },
    {
      name: 'with two features of a name',
      changes: { features: { a: { x: 'distance' }, b: { x: 'tip' } } },
      says: /two features are named x/,
    },
  ] satisfies { name: string; changes: Partial<RecipeDeclaration>; says: RegExp }[])('$name', ({ changes, says }) => {
    expect(declared(changes)).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
    expect(declared(changes)).toThrow(says);
  });
});
