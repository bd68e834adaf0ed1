import { describe, expect, it } from 'vitest';
import { describeNetwork, type NetworkOptions } from './describe-network.js';
import { initialState } from './initial-state.js';
import { type InputBlock, type InputDescription, plainInput } from './input-description.js';
import { checkModel, inputWidth, layerWidths } from './model-description.js';
import { parameterLayout, trainableCount } from './parameter-layout.js';
import { batchNorm, dense, dropout, modelOf } from './testing/cases.js';
import { OPTIMIZER_DEFAULTS } from './training-description.js';

const block = (units: number, l2 = 0) => ({ units, dropout: 0.1, l1: 0, l2 });
const course: NetworkOptions = {
  input: plainInput(65),
  inputNorm: true,
  hidden: [block(100, 0.005), block(50, 0.005), block(10)],
  activation: 'relu',
  batchNorm: 'after',
};

describe('describeNetwork', () => {
  it('counts 12,621 trainable parameters in the course network', () => {
    const model = describeNetwork(course);
    const lengths = parameterLayout(model).weights.map((slice) => slice.length);
    expect(lengths).toEqual([65, 65, 6500, 100, 100, 100, 5000, 50, 50, 50, 500, 10, 10, 10, 10, 1]);
    expect(trainableCount(model)).toBe(12_621);
    expect(parameterLayout(model).statisticCount).toBe(2 * (65 + 100 + 50 + 10));
  });

  it('gives a dense layer directly before batch norm no bias', () => {
    const model = describeNetwork({ ...course, batchNorm: 'before', inputNorm: false });
    expect(model.layers.slice(0, 4).map((layer) => layer.kind)).toEqual([
      'dense',
      'batchNorm',
      'activation',
      'dropout',
    ]);
    expect(trainableCount(model)).toBe(12_621 - 130 - 160);
  });

  it('ends in a unit for each class', () => {
    const model = describeNetwork({ ...course, label: { kind: 'classes', size: 5 } });
    expect(model.layers.at(-1)).toMatchObject({ kind: 'dense', units: 5 });
  });

  it('leaves out what is not asked for', () => {
    const hidden = [{ units: 3, dropout: 0, l1: 0, l2: 0 }];
    const model = describeNetwork({ ...course, inputNorm: false, hidden, activation: null, batchNorm: 'none' });
    expect(model.layers.map((layer) => layer.kind)).toEqual(['dense', 'dense']);
  });
});

describe('the columns that enter the network', () => {
  const values: InputBlock = { kind: 'values', columns: [1, 5], standardization: null };
  const oneHot: InputBlock = { kind: 'oneHot', column: 2, size: 7, standardization: null };
  const embedding: InputBlock = { kind: 'embedding', column: 3, size: 20, units: 3 };

  it.each([
    { name: 'only those in use', blocks: [values], width: 2 },
    { name: 'one for each category', blocks: [values, oneHot], width: 9 },
    { name: 'the units of an embedding', blocks: [embedding, values, oneHot], width: 12 },
  ])('$name', ({ blocks, width }) => {
    const model = modelOf([dense(4), dropout(0.1), dense(1)], { input: { width: 6, blocks } });
    expect(inputWidth(model)).toBe(width);
    expect(layerWidths(model)).toEqual([width, 4, 4, 1]);
  });

  it('an embedding has a table with a row more than categories, before the weights of the layers', () => {
    const model = modelOf([dense(1)], { input: { width: 6, blocks: [values, embedding] } });
    expect(parameterLayout(model).weights.map(({ name, shape }) => [name, ...shape])).toEqual([
      ['blocks[1].table', 21, 3],
      ['layers[0].kernel', 5, 1],
      ['layers[0].bias', 1],
    ]);
  });
});

describe('checkModel', () => {
  const withBlock = (block: InputBlock) => modelOf([dense(1)], { input: { width: 6, blocks: [block] } });
  const values = { kind: 'values', columns: [1], standardization: null } as const;
  const oneHot = { kind: 'oneHot', column: 5, size: 2, standardization: null } as const;
  it.each([
    { name: 'no layers', model: modelOf([]), text: 'last layer' },
    { name: 'two outputs', model: modelOf([dense(2)]), text: 'last layer' },
    { name: 'no units', model: modelOf([dense(0), dense(1)]), text: 'layers[0].units' },
    { name: 'a negative penalty', model: modelOf([dense(1, { l1: -1 })]), text: 'l1' },
    { name: 'a dropout of everything', model: modelOf([dropout(1), dense(1)]), text: 'layers[0].rate' },
    {
      name: 'a momentum of 1',
      model: modelOf([{ ...batchNorm, momentum: 1 } as typeof batchNorm, dense(1)]),
      text: 'momentum',
    },
    { name: 'no blocks', model: modelOf([dense(1)], { input: { width: 6, blocks: [] } }), text: 'one block' },
    { name: 'columns out of order', model: withBlock({ ...values, columns: [2, 1] }), text: 'blocks[0].columns' },
    { name: 'a column too many', model: withBlock({ ...values, columns: [6] }), text: 'columns' },
    {
      name: 'a deviation of 0',
      model: withBlock({ ...values, standardization: { mean: [0], deviation: [0] } }),
      text: 'deviation',
    },
    { name: 'categories outside the row', model: withBlock({ ...oneHot, column: 6 }), text: 'blocks[0].column' },
    { name: 'no category', model: withBlock({ ...oneHot, size: 0 }), text: 'size' },
    {
      name: 'a standardization of another size',
      model: withBlock({ ...oneHot, standardization: { mean: [0], deviation: [1] } }),
      text: '2 means',
    },
    {
      name: 'an embedding without units',
      model: withBlock({ kind: 'embedding', column: 0, size: 3, units: 0 }),
      text: 'units',
    },
    {
      name: 'a label deviation of 0',
      model: modelOf([dense(1)], { label: { kind: 'linear', mean: 0, deviation: 0 } }),
      text: 'label',
    },
    { name: 'one class', model: modelOf([dense(1)], { label: { kind: 'classes', size: 1 } }), text: 'label.size' },
    {
      name: 'fewer units than classes',
      model: modelOf([dense(1)], { label: { kind: 'classes', size: 3 } }),
      text: '3 units',
    },
  ])('refuses $name', ({ model, text }) => {
    expect(() => checkModel(model)).toThrow(
      expect.objectContaining({ code: 'BAD_MODEL', message: expect.stringContaining(text) }),
    );
  });
});

describe('initialState', () => {
  const model = describeNetwork(course);
  const state = initialState(model, OPTIMIZER_DEFAULTS.adam, 1);
  const part = (name: string) => {
    const { offset, length } = parameterLayout(model).weights.find((slice) => slice.name === name)!;
    return [...state.weights.subarray(offset, offset + length)];
  };

  it('draws kernels within the Glorot limit, with its variance limit² / 3 (5 standard errors)', () => {
    const kernel = part('layers[1].kernel');
    const limit = Math.sqrt(6 / 165);
    expect(Math.max(...kernel.map(Math.abs))).toBeLessThanOrEqual(limit);
    const variance = kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length;
    const standardError = (limit ** 2 * Math.sqrt(4 / 45)) / Math.sqrt(kernel.length);
    expect(Math.abs(variance - limit ** 2 / 3)).toBeLessThan(5 * standardError);
  });

  it('draws tables of embeddings within 0.05, with the variance 0.05² / 3 (5 standard errors)', () => {
    const input: InputDescription = { width: 1, blocks: [{ kind: 'embedding', column: 0, size: 999, units: 4 }] };
    const { weights } = initialState(modelOf([dense(1)], { input }), OPTIMIZER_DEFAULTS.sgd, 1);
    const table = [...weights.subarray(0, 4000)];
    expect(Math.max(...table.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.05));
    const variance = table.reduce((sum, w) => sum + w * w, 0) / 4000;
    const standardError = (0.05 ** 2 * Math.sqrt(4 / 45)) / Math.sqrt(4000);
    expect(Math.abs(variance - 0.05 ** 2 / 3)).toBeLessThan(5 * standardError);
  });

  it('starts biases, betas and running means at 0, gammas and running variances at 1', () => {
    expect(new Set(part('layers[1].bias'))).toEqual(new Set([0]));
    expect(new Set(part('layers[0].beta'))).toEqual(new Set([0]));
    expect(new Set(part('layers[0].gamma'))).toEqual(new Set([1]));
    expect([...state.statistics.subarray(0, 130)]).toEqual([...Array(65).fill(0), ...Array(65).fill(1)]);
  });

  it('keeps two empty slots for adam, and depends on the seed', () => {
    expect(state.slots.map((slot) => [slot.length, Math.max(...slot)])).toEqual([
      [12_621, 0],
      [12_621, 0],
    ]);
    expect(initialState(model, OPTIMIZER_DEFAULTS.adam, 2).weights).not.toEqual(state.weights);
    expect(initialState(model, OPTIMIZER_DEFAULTS.adam, 1)).toEqual(state);
  });
});
