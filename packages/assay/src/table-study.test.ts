import type { ObjectiveResult, Trial } from '@assay/study';
import { OPEN_GATE } from '@assay/training';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  CREEPS,
  DIVERGES,
  LEARNS,
  type LineParams,
  lineSpace,
  lineTable,
  STANDS,
  temporaryFolder,
} from './line-table.test.kit.js';
import type { TableData } from './table-data.js';
import { visitPlan } from './table-objective.js';
import { defineTableStudy, type TableFit } from './table-study.js';
import { prepareContextOf } from './testing/index.js';

const folder = temporaryFolder();
const table = lineTable(folder);
const study = defineTableStudy({ name: 'line', space: lineSpace, defaults: LEARNS, trials: 7, ...table });
let data: TableData;

beforeAll(async () => {
  const prepared = await study.prepare?.(prepareContextOf(folder));
  if (prepared === undefined) throw new Error('a table study prepares its rows');
  data = prepared.data;
});

it('declares the mean absolute error or another metric, and keeps the table for other commands', () => {
  expect(study).toMatchObject({ name: 'line', directions: ['minimize'], metrics: ['mae'], trials: 7 });
  expect(study.table).toEqual({ ...table, metric: 'mae' });
  const { metrics } = defineTableStudy({ name: 'line', space: lineSpace, ...table, metric: 'rmse' });
  expect(metrics).toEqual(['rmse']);
});

it.each(['recipe', 'sources', 'fit'] as const)('refuses a declaration without %s, and says how it is made', (part) => {
  const declaration = { name: 'line', space: lineSpace, ...table, [part]: undefined };
  expect(() => defineTableStudy(declaration as never)).toThrow(`needs ${part}, which is mostly made by`);
});

describe('a trial', () => {
  it('reports after every shard and answers with its best report', async () => {
    const { result, reports } = await run(LEARNS);
    expect(reports.map(({ step }) => step)).toEqual(Array.from({ length: 15 }, (_, index) => index + 1));
    const best = Math.min(...reports.map(({ value }) => value));
    expect(best).toBeLessThan(0.01); // the labels' mean absolute deviation is near 0.9
    expect(result.values).toEqual([best]);
    expect(result.attributes).toMatchObject({
      bestStep: reports.find(({ value }) => value === best)?.step,
      trainingSeconds: expect.any(Number),
    });
  });

  it('gives the same values for the same seed, from memory and from disk, and others for another', async () => {
    const { reports } = await run(CREEPS);
    expect((await run(CREEPS, { data: { ...data, shared: null } })).reports).toEqual(reports);
    expect((await run(CREEPS, { seed: 2 })).reports).not.toEqual(reports);
  });

  it('ends when it is told to stop', async () => {
    const { result, reports } = await run(LEARNS, { stopAt: 4 });
    expect(reports).toHaveLength(4);
    expect(result.values).toEqual([Math.min(...reports.map(({ value }) => value))]);
  });

  it('answers NaN when training diverges', async () => {
    const { result, reports } = await run(DIVERGES);
    expect(result.values).toEqual([Number.NaN]);
    expect(reports).toEqual([]);
  });

  it('is patient from the end of the first pass on', async () => {
    const { result, reports } = await run(STANDS);
    expect(new Set(reports.map(({ value }) => value)).size).toBe(1);
    // Three shards: the first pass, one report to compare with, and one pass of patience.
    expect(reports).toHaveLength(3 + 1 + 3);
    expect(result.attributes).toMatchObject({ bestStep: 1 });
  });
});

it.each([
  { name: 'no patience', fit: { patiencePasses: null, epochsPerShard: 1 }, patience: null, patienceAfter: 5 },
  { name: 'two passes', fit: { patiencePasses: 2, epochsPerShard: 1 }, patience: 10, patienceAfter: 5 },
  { name: 'several epochs a shard', fit: { patiencePasses: 2, epochsPerShard: 3 }, patience: 30, patienceAfter: 15 },
])('plans visits of five shards: $name', ({ fit, patience, patienceAfter }) => {
  const whole: TableFit = {
    ...table.fit(LEARNS, { features: AB, groups: [], featureStatistics: [], label: NO_LABEL, shardRows: [] }),
    ...fit,
  };
  expect(visitPlan(whole, { metric: 'rmse' }, 9, 5)).toEqual({
    seed: 9,
    passes: LEARNS.passes,
    epochsPerShard: fit.epochsPerShard,
    mixedShards: 1,
    visitsPerReport: 1,
    patience,
    patienceAfter,
    keep: 'best',
    metric: 'rmse',
  });
});

it('reports at most a hundred times a pass, however many shards there are', () => {
  const fit = {
    ...table.fit(LEARNS, { features: AB, groups: [], featureStatistics: [], label: NO_LABEL, shardRows: [] }),
    patiencePasses: 2,
  };
  // 6,714 shards of 8,192 rows are 55 million rows: 98 reports of 68 shards each, and one of the 50 that are left.
  expect(visitPlan(fit, {}, 9, 6714)).toMatchObject({ visitsPerReport: 68, patience: 2 * 99, patienceAfter: 99 });
});

const AB = ['a', 'b'].map((name) => ({ name, categories: null }));
const NO_LABEL = { name: 'y', mean: 0, std: 1, min: 0, max: 0 };

interface Run {
  readonly result: ObjectiveResult;
  readonly reports: readonly { readonly step: number; readonly value: number }[];
}

async function run(
  params: LineParams,
  options: { readonly data?: TableData; readonly seed?: number; readonly stopAt?: number } = {},
): Promise<Run> {
  const reports: { step: number; value: number }[] = [];
  const trial: Trial<LineParams, TableData> = {
    number: 0,
    params,
    values: lineSpace.encode(params),
    seed: options.seed ?? 1,
    repeat: 0,
    data: options.data ?? data,
    gate: OPEN_GATE,
    report: async (step, value) => (reports.push({ step, value }) === options.stopAt ? 'stop' : 'keep'),
    log: () => undefined,
  };
  const result = await study.objective(trial);
  if (typeof result === 'number' || 'length' in result) throw new Error('a table study answers with attributes');
  return { result, reports };
}
