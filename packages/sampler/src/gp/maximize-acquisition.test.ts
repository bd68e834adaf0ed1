import { categorical, choice, float, int, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf, paramsAt } from '../axis.js';
import { createRng } from '../rng.js';
import type { Acquisition } from './acquisition.js';
import { featuresOf } from './features.js';
import { maximizeAcquisition } from './maximize-acquisition.js';

const { parameters } = space({
  x: float(0, 10),
  n: int(0, 1000),
  k: int(1, 4),
  model: choice({
    tree: { depth: float(0, 1) },
    net: { act: categorical(['a', 'b', 'c']), lr: float(1e-4, 1, { log: true }) },
  }),
});
const axes = axesOf(parameters);
const features = featuresOf(axes);
const at = Object.fromEntries([...features.axisOf].map((d, f) => [axes[d]!.parameter.name, f]));

/** One peak at x = 7.5, n = 333, k = 3, model net, act c, lr = 0.01; inactive features count as the middle or no category. */
const PEAK: Readonly<Record<string, number>> = { x: 0.75, n: 333.5 / 1001, k: 0.625, 'model.net.lr': 0.5 };

const peak: Acquisition = {
  value: (f) => peak.valueAndSlope(f, new Float64Array(f.length)),
  valueAndSlope: (f, slope) => {
    slope.fill(0);
    let value = -(f[at.model!] === 1 ? 0 : 1) - (f[at['model.net.act']!] === 2 ? 0 : 0.5);
    for (const [name, top] of Object.entries(PEAK)) {
      const gap = f[at[name]!]! - top;
      value -= 50 * gap * gap;
      slope[at[name]!] = -100 * gap;
    }
    return value;
  },
};

const hill = {
  axes,
  features,
  acquisition: peak,
  scales: new Float64Array(features.count).fill(0.3),
  row: new Float64Array(features.count),
};

describe('maximizeAcquisition', () => {
  it('finds a peak among continuous, ordered, unordered and conditional parameters', () => {
    const [top] = maximizeAcquisition(hill, [], createRng(1));
    const params = paramsAt(axes, top!.latent);
    expect(params).toMatchObject({ n: 333, k: 3, model: 'net', 'model.net.act': 'c' });
    // the nudge costs at most a hundredth: 50 gap^2 <= 0.01
    expect(Math.abs((params.x as number) - 7.5)).toBeLessThan(0.15);
    expect(top!.value).toBeGreaterThan(-0.02);
  });

  it('hands back all that it has seen, the best first, without what is worse than indifferent on top', () => {
    const found = maximizeAcquisition(hill, [], createRng(2));
    expect(found.length).toBeGreaterThan(256);
    const values = found.slice(1).map(({ value }) => value);
    expect(values).toEqual([...values].sort((a, b) => b - a));
    expect(found[0]!.value).toBeGreaterThanOrEqual(values[0]! - 0.01);
  });

  it('ends in other places for other streams, also where the maximum is a corner', () => {
    const corner: Acquisition = {
      value: (f) => f[at.x!]! + f[at.n!]!,
      valueAndSlope: (f, slope) => {
        slope.fill(0);
        slope[at.x!] = slope[at.n!] = 1;
        return f[at.x!]! + f[at.n!]!;
      },
    };
    const tops = [1, 2, 3].map(
      (seed) => maximizeAcquisition({ ...hill, acquisition: corner }, [], createRng(seed))[0]!,
    );
    const xs = tops.map(({ latent }) => latent[0]!);
    expect(new Set(xs).size).toBe(3);
    for (const x of xs) expect(x).toBeGreaterThan(9.85);
  });
});
