import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyDistribution } from './any-distribution.js';
import { checkedDistribution } from './checked-distribution.js';
import { categorical, float, int, ordered } from './declaration.js';
import { decodeDistribution, decodeValue, encodeDistribution, encodeValue } from './optuna-distribution.js';

const floatJson = (attributes: string): string => `{"name": "FloatDistribution", "attributes": {${attributes}}}`;
const intJson = (attributes: string): string => `{"name": "IntDistribution", "attributes": {${attributes}}}`;

// Written by Optuna 5.0.0's distribution_to_json.
const WRITTEN = [
  { of: float(-10, 10), json: floatJson('"step": null, "low": -10.0, "high": 10.0, "log": false') },
  { of: float(1e-5, 0.1, { log: true }), json: floatJson('"step": null, "low": 1e-05, "high": 0.1, "log": true') },
  { of: float(0, 1, { step: 0.25 }), json: floatJson('"step": 0.25, "low": 0.0, "high": 1.0, "log": false') },
  { of: float(-1e16, 1.5e22), json: floatJson('"step": null, "low": -1e+16, "high": 1.5e+22, "log": false') },
  { of: float(1e-4, 1e15), json: floatJson('"step": null, "low": 0.0001, "high": 1000000000000000.0, "log": false') },
  { of: int(1, 10), json: intJson('"log": false, "step": 1, "low": 1, "high": 10') },
  { of: int(1, 1024, { log: true }), json: intJson('"log": true, "step": 1, "low": 1, "high": 1024') },
  { of: int(0, 100, { step: 10 }), json: intJson('"log": false, "step": 10, "low": 0, "high": 100') },
  {
    of: categorical(['a', 'b', null, true, 1.5, 3]),
    json: '{"name": "CategoricalDistribution", "attributes": {"choices": ["a", "b", null, true, 1.5, 3]}}',
  },
  {
    of: categorical(['größe', '😀', '"\\/\n\u007f']),
    json: String.raw`{"name": "CategoricalDistribution", "attributes": {"choices": ["gr\u00f6\u00dfe", "\ud83d\ude00", "\"\\/\n\u007f"]}}`,
  },
];

describe("Optuna's distribution JSON", () => {
  it.each(WRITTEN)('$json', ({ of, json }) => {
    expect(encodeDistribution(of)).toBe(json);
    expect(decodeDistribution(json)).toEqual(of);
  });

  it('stores an ordered list as an int over its positions', () => {
    expect(encodeDistribution(ordered([16, 32, 64]))).toBe(intJson('"log": false, "step": 1, "low": 0, "high": 2'));
  });

  it.each([
    { json: '{"name":"UniformDistribution","attributes":{"low":0,"high":1}}', gives: float(0, 1) },
    { json: '{"name":"LogUniformDistribution","attributes":{"low":1,"high":9}}', gives: float(1, 9, { log: true }) },
    {
      json: '{"name":"DiscreteUniformDistribution","attributes":{"low":0,"high":1,"q":0.3}}',
      gives: float(0, 0.9, { step: 0.3 }),
    },
    {
      json: '{"name":"IntUniformDistribution","attributes":{"low":0,"high":9,"step":2}}',
      gives: int(0, 8, { step: 2 }),
    },
    { json: '{"name":"IntUniformDistribution","attributes":{"low":0,"high":9}}', gives: int(0, 9) },
    {
      json: '{"name":"IntLogUniformDistribution","attributes":{"low":1,"high":9,"step":1}}',
      gives: int(1, 9, { log: true }),
    },
    { json: '{"type":"float","low":0.5,"high":1,"log":true}', gives: float(0.5, 1, { log: true }) },
    { json: '{"type":"int","low":1,"high":3}', gives: int(1, 3) },
    { json: '{"type":"categorical","choices":["a",2]}', gives: categorical(['a', 2]) },
    { json: floatJson('"low": 1, "high": 2'), gives: float(1, 2) },
  ])('reads $json', ({ json, gives }) => {
    expect(decodeDistribution(json)).toEqual(gives);
  });

  it.each([
    { json: '{"name": "Normal', code: 'BAD_JSON', says: 'not JSON' },
    { json: '{"type": "categorical", "choices": [NaN]}', code: 'BAD_JSON', says: 'Python only' },
    { json: '[1]', code: 'BAD_JSON', says: 'name and attributes' },
    { json: '{"name": "IntDistribution"}', code: 'BAD_JSON', says: 'name and attributes' },
    { json: '{"name": "Beta", "attributes": {}}', code: 'BAD_JSON', says: '"Beta"' },
    { json: '{"name": "toString", "attributes": {}}', code: 'BAD_JSON', says: '"toString"' },
    { json: '{"type": "float", "low": 0, "high": 1, "mid": 2}', code: 'BAD_JSON', says: "'mid'" },
    { json: '{"type": "float", "low": "0", "high": 1}', code: 'BAD_BOUNDS', says: 'finite numbers' },
    { json: '{"type": "float", "low": 0, "high": 1, "log": 1}', code: 'BAD_BOUNDS', says: 'log must be' },
    { json: '{"type": "int", "low": 0}', code: 'BAD_BOUNDS', says: 'undefined' },
    { json: '{"type": "categorical", "choices": "ab"}', code: 'BAD_CHOICES', says: 'must be a list' },
    { json: '{"type": "categorical", "choices": [[1], [2]]}', code: 'BAD_CHOICES', says: 'got [1]' },
  ])('refuses $json', ({ json, code, says }) => {
    expect(() => decodeDistribution(json)).toThrow(expect.objectContaining({ code }));
    expect(() => decodeDistribution(json)).toThrow(says);
  });

  it.each([
    { of: float(1e-3, 1, { log: true }), value: 0.01, stored: 0.01 },
    { of: int(1, 9), value: 7, stored: 7 },
    { of: categorical(['a', null, true]), value: true, stored: 2 },
    { of: ordered([16, 32]), value: 16, stored: 0 },
  ])('stores $value as $stored', ({ of, value, stored }) => {
    expect(encodeValue(of, value)).toBe(stored);
    expect(decodeValue(of, stored)).toBe(value);
  });

  it('refuses a value and a position beyond their list', () => {
    expect(() => encodeValue(categorical(['a']), 'b')).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
    expect(() => decodeValue(ordered([16]), 1)).toThrow(expect.objectContaining({ code: 'OUT_OF_RANGE' }));
  });
});

const python = process.env.ASSAY_PYTHON;
const skipped = python ? '' : ' (skipped: ASSAY_PYTHON names no Python that has Optuna)';

const REWRITE = `
import json, sys, warnings
from optuna.distributions import distribution_to_json, json_to_distribution
warnings.simplefilter("ignore")
for line in sys.stdin:
    print(distribution_to_json(json_to_distribution(line)))
`;

/** What Optuna makes of each line of distribution JSON when it reads it and writes it again. */
function rewrittenByOptuna(lines: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync(python!, ['-c', REWRITE], { input: lines.join('\n'), encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout.trimEnd().split('\n');
}

it.skipIf(!python)(
  `Optuna writes 2,000 random distributions with the same bytes, lowered bounds included${skipped}`,
  () => {
    const declared = fc.sample(anyDistribution, { seed: 1, numRuns: 2000 });
    const ours = declared.map((distribution) => encodeDistribution(checkedDistribution('x', distribution)));
    // Optuna gets the declared bounds and has to lower them itself.
    expect(rewrittenByOptuna(declared.map(encodeDistribution))).toEqual(ours);
  },
);
