import { hypervolume, type Observation } from '@assay/sampler';
import { categorical, float, int, ordered, type ParamValues, type SearchSpace, space } from '@assay/space';
import type { Challenge } from '../simulation/challenge.js';

/** Several objectives to minimise at once, and the most volume that a front can dominate. */
export interface Tradeoff {
  readonly name: string;
  readonly parameters: SearchSpace;
  losses(params: ParamValues): readonly number[];
  /** Volume is measured up to here. */
  readonly reference: readonly number[];
  /** The volume that the true front dominates. */
  readonly volume: number;
}

/** The regret is the share of the true front's volume that the trials' front lacks. */
export function tradeoffChallenge({ name, parameters, losses, reference, volume }: Tradeoff): Challenge {
  return {
    name,
    task: {
      space: parameters,
      objectives: reference.length,
      evaluate: (params) => ({ values: losses(params), constraints: [] }),
    },
    regret: (finished: readonly Observation[]) =>
      1 -
      hypervolume(
        finished.map(({ values }) => values),
        reference,
      ) /
        volume,
  };
}

const mean = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0) / xs.length;

function unitCube(dimensions: number): SearchSpace {
  return space(Object.fromEntries(Array.from({ length: dimensions }, (_, i) => [`x${i}`, float(0, 1)]))).parameters;
}

/**
 * Zitzler, Deb and Thiele 2000, ZDT1 (root) and ZDT2 (square) in 8 dimensions. Up to the reference (a, b) the front
 * f2 = 1 - f1^p dominates (a - 1) b + b - 1 + 1 / (p + 1).
 */
function zdt(name: string, power: number): Tradeoff {
  const parameters = unitCube(8);
  return {
    name,
    parameters,
    losses: (params) => {
      const [first, ...rest] = parameters.map((p) => params[p.name] as number);
      const g = 1 + 9 * mean(rest);
      return [first!, g * (1 - (first! / g) ** power)];
    },
    reference: [1.1, 6],
    volume: 0.1 * 6 + 6 - 1 + 1 / (power + 1),
  };
}

/** Deb et al. 2002, DTLZ2 with 3 objectives in 7 dimensions: the front is an eighth of the unit sphere. */
function dtlz2(): Tradeoff {
  const parameters = unitCube(7);
  return {
    name: 'dtlz2',
    parameters,
    losses: (params) => {
      const [a, b, ...rest] = parameters.map((p) => params[p.name] as number);
      const radius = 1 + rest.reduce((sum, x) => sum + (x - 0.5) ** 2, 0);
      const [along, up] = [(a! * Math.PI) / 2, (b! * Math.PI) / 2];
      return [
        radius * Math.cos(along) * Math.cos(up),
        radius * Math.cos(along) * Math.sin(up),
        radius * Math.sin(along),
      ];
    },
    reference: [1.5, 1.5, 1.5],
    volume: 1.5 ** 3 - Math.PI / 6,
  };
}

const LAYERS = { low: 1, high: 8 };
const WIDTHS = [16, 32, 64, 128, 256, 512];
const BITS = [4, 8, 16, 32];
const KINDS = { plain: [0.1, 1], residual: [0.03, 1.1], gated: [0, 1.6], sparse: [0.05, 0.7] } as const;

/** A network's error against the logarithm of its cost, everything discrete: 768 configurations. */
function network(): Tradeoff {
  const net = space({
    layers: int(LAYERS.low, LAYERS.high),
    width: ordered(WIDTHS),
    bits: ordered(BITS),
    kind: categorical(['plain', 'residual', 'gated', 'sparse']),
  });
  const losses = (params: ParamValues): readonly number[] => {
    const { layers, width, bits, kind } = net.decode(params);
    const [error, cost] = KINDS[kind];
    const depth = kind === 'plain' ? 3 : 6;
    const misfit = 0.02 * (layers - depth) ** 2 + 2 / Math.sqrt(width) + 1 / bits;
    return [error + misfit, Math.log10(cost * layers * width ** 2 * bits)];
  };
  const all = Array.from({ length: LAYERS.high }, (_, i) => i + LAYERS.low).flatMap((layers) =>
    WIDTHS.flatMap((width) =>
      BITS.flatMap((bits) => Object.keys(KINDS).map((kind) => losses({ layers, width, bits, kind }))),
    ),
  );
  const reference = [1.5, 7];
  return { name: 'network', parameters: net.parameters, losses, reference, volume: hypervolume(all, reference) };
}

export const TRADEOFFS: readonly Tradeoff[] = [zdt('zdt1', 0.5), zdt('zdt2', 2), dtlz2(), network()];
