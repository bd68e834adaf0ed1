import {
  categorical,
  choice,
  float,
  int,
  type ParamValues,
  type SearchSpace,
  space,
  validateValues,
} from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf } from '../axis.js';
import { createRng } from '../rng.js';
import { childOf } from './child.js';

function children(
  parameters: SearchSpace,
  mother: ParamValues,
  father: ParamValues,
  count = 400,
): readonly ParamValues[] {
  const axes = axesOf(parameters);
  return Array.from({ length: count }, (_, i) => childOf(axes, mother, father, createRng(i)));
}

describe('childOf', () => {
  it('of equal parents differs in about one parameter', () => {
    const parameters = space({ a: float(0, 1), b: float(0, 1), c: int(0, 1), d: categorical(['u', 'v']) }).parameters;
    const parent: ParamValues = { a: 0.5, b: 0.5, c: 0, d: 'u' };
    const changes = children(parameters, parent, parent).map(
      (child) => Object.entries(child).filter(([name, value]) => value !== parent[name]).length,
    );
    // each changes with probability 1/4, and of the category's changes one in two shows: 7/8 on average, variance below 1
    const mean = changes.reduce((sum, count) => sum + count, 0) / changes.length;
    expect(Math.abs(mean - 7 / 8)).toBeLessThan(5 / Math.sqrt(changes.length));
  });

  it('moves a discrete value by one step at least, also from its ends', () => {
    const parameters = space({ n: int(0, 9) }).parameters; // one parameter: it always changes
    for (const n of [0, 4, 9]) {
      const values = children(parameters, { n }, { n }).map((child) => child.n as number);
      expect(values).not.toContain(n);
      expect(values).toContain(n === 0 ? 1 : n - 1);
      expect(values).toContain(n === 9 ? 8 : n + 1);
    }
  });

  it('has what its branch needs, from whoever has it, and nothing else', () => {
    const { parameters } = space({
      x: float(0, 1),
      opt: choice({ sgd: { momentum: float(0, 1) }, adam: { beta: float(0, 1) } }),
    });
    const mother = { x: 0.1, opt: 'sgd', 'opt.sgd.momentum': 0.25 };
    const father = { x: 0.9, opt: 'adam', 'opt.adam.beta': 0.75 };
    const all = children(parameters, mother, father);
    for (const child of all) validateValues(parameters, child);
    expect(all.some((child) => child['opt.sgd.momentum'] === 0.25)).toBe(true);
    expect(all.some((child) => child['opt.adam.beta'] === 0.75)).toBe(true);
  });

  it('draws at random what neither parent has', () => {
    const { parameters } = space({ opt: choice({ plain: {}, deep: { width: float(0, 1) } }) });
    const widths = children(parameters, { opt: 'plain' }, { opt: 'plain' }).flatMap((child) =>
      child.opt === 'deep' ? [child['opt.deep.width'] as number] : [],
    );
    expect(widths.length).toBeGreaterThan(100);
    expect(Math.min(...widths)).toBeLessThan(0.1);
    expect(Math.max(...widths)).toBeGreaterThan(0.9);
  });

  it('mixes the numbers of two parents in half of the cases, and takes one of them in the other', () => {
    const { parameters } = space({ x: float(0, 1), y: float(0, 1), z: float(0, 1) });
    const [mother, father] = [
      { x: 0.2, y: 0.2, z: 0.2 },
      { x: 0.6, y: 0.6, z: 0.6 },
    ];
    const values = children(parameters, mother, father, 1000).map((child) => child.x as number);
    const share = (of: (x: number) => boolean): number => values.filter(of).length / values.length;
    // unchanged by mutation (2 in 3), and not mixed (1 in 2): a quarter of 4/3 each; six standard errors
    expect(Math.abs(share((x) => x === 0.2) - 1 / 6)).toBeLessThan(6 * Math.sqrt(5 / 36 / 1000));
    expect(Math.abs(share((x) => x === 0.6) - 1 / 6)).toBeLessThan(6 * Math.sqrt(5 / 36 / 1000));
  });
});
