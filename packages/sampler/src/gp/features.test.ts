import { categorical, choice, float, int, ordered, repeat, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf, pointOf } from '../axis.js';
import { addSquares, designOf, featuresOf } from './features.js';

const { parameters } = space({
  lr: float(1e-4, 1, { log: true }),
  units: int(1, 4),
  fixed: float(2, 2),
  size: ordered(['s', 'm', 'l']),
  model: choice({
    tree: { depth: int(1, 10) },
    net: { layers: int(1, 3), width: repeat('layers', float(0, 1)), act: categorical(['a', 'b']) },
  }),
});
const axes = axesOf(parameters);
const features = featuresOf(axes);
const names = [...features.axisOf].map((d) => axes[d]!.parameter.name);

function featuresAt(params: Parameters<typeof pointOf>[1]): Record<string, number> {
  const row = new Float64Array(features.count);
  features.write(pointOf(axes, params), row);
  return Object.fromEntries(names.map((name, k) => [name, row[k]!]));
}

describe('features', () => {
  it('are unit shares of the model range, middles of cells, positions of categories', () => {
    const at = featuresAt({ lr: 1e-3, units: 4, fixed: 2, size: 'm', model: 'tree', 'model.tree.depth': 1 });
    expect(at).toMatchObject({ units: 0.875, size: 0.5, model: 0, 'model.tree.depth': 0.05 });
    expect(at.lr).toBeCloseTo(0.25, 12);
    expect(at).not.toHaveProperty('fixed');
  });

  it('of what is inactive are the middle, and no category', () => {
    const tree = featuresAt({ lr: 1, units: 1, fixed: 2, size: 's', model: 'tree', 'model.tree.depth': 3 });
    expect(tree['model.net.width[0]']).toBe(0.5);
    expect(tree['model.net.act']).toBe(-1);
    const net = featuresAt({
      lr: 1,
      units: 1,
      fixed: 2,
      size: 's',
      model: 'net',
      'model.net.layers': 1,
      'model.net.width[0]': 0.9,
      'model.net.act': 'b',
    });
    expect(net).toMatchObject({
      model: 1,
      'model.tree.depth': 0.5,
      'model.net.width[0]': 0.9,
      'model.net.width[1]': 0.5,
      'model.net.act': 1,
    });
  });

  it('have distances: numbers by how far, categories by whether', () => {
    const numbers = {
      count: 2,
      isCategory: Uint8Array.of(0, 1),
      axisOf: Int32Array.of(0, 1),
      write: (p: Float64Array, out: Float64Array) => out.set(p),
    };
    const design = designOf(numbers, [Float64Array.of(0.1, 2), Float64Array.of(0.6, 0), Float64Array.of(0.4, 0)]);
    const sums = new Float64Array(3).fill(1);
    addSquares(design, 0, 0.2, 10, sums, 2); // the third point is not asked for
    expect([...sums]).toEqual([expect.closeTo(1.1, 12), expect.closeTo(2.6, 12), 1]);
    addSquares(design, 1, 0, 5, sums, 3);
    expect([...sums]).toEqual([expect.closeTo(6.1, 12), expect.closeTo(2.6, 12), 1]);
  });
});
