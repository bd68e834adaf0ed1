import { categorical, choice, float, int, repeat, type SearchSpace, space } from '@assay/space';
import type { Problem } from './problem.js';

function floats(count: number, low: number, high: number): SearchSpace {
  return space(Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, float(low, high)]))).parameters;
}

function onFloats(
  name: string,
  count: number,
  low: number,
  high: number,
  value: (x: readonly number[]) => number,
): Problem {
  const parameters = floats(count, low, high);
  return { name, parameters, optimum: 0, loss: (params) => value(parameters.map((p) => params[p.name] as number)) };
}

const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0);
const mean = (xs: readonly number[]): number => sum(xs) / xs.length;

const branin: Problem = {
  name: 'branin',
  parameters: space({ x: float(-5, 10), y: float(0, 15) }).parameters,
  optimum: 0,
  loss: ({ x, y }) => {
    const a = x as number;
    const b = (y as number) - (5.1 / (4 * Math.PI ** 2)) * a ** 2 + (5 / Math.PI) * a - 6;
    return b ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10 - 0.397887;
  },
};

const sphere = (x: readonly number[]): number => sum(x.map((v) => (v - 1.3) ** 2));

const rosenbrock = (x: readonly number[]): number =>
  sum(x.slice(1).map((next, i) => 100 * (next - x[i]! ** 2) ** 2 + (1 - x[i]!) ** 2));

const ackley = (x: readonly number[]): number => {
  const z = x.map((v) => v - 3);
  const far = -20 * Math.exp(-0.2 * Math.sqrt(mean(z.map((v) => v * v))));
  return far - Math.exp(mean(z.map((v) => Math.cos(2 * Math.PI * v)))) + 20 + Math.E;
};

const rastrigin = (x: readonly number[]): number =>
  50 + sum(x.map((v) => (v - 0.7) ** 2 - 10 * Math.cos(2 * Math.PI * (v - 0.7))));

/** The standard 6-dimensional Hartmann function (Dixon and Szegö 1978). */
const HARTMANN_ALPHA = [1, 1.2, 3, 3.2];
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

const hartmann = (x: readonly number[]): number =>
  3.32237 -
  sum(
    HARTMANN_ALPHA.map(
      (alpha, i) => alpha * Math.exp(-sum(x.map((v, j) => HARTMANN_A[i]![j]! * (v - HARTMANN_P[i]![j]!) ** 2))),
    ),
  );

const OPTIMIZER = { sgd: [1.5, 0.15], adam: [3, 0], rms: [3.3, 0.1], lamb: [2.2, 0.05] } as const;
const ACTIVATION = { relu: 0.05, gelu: 0, tanh: 0.2 } as const;
const mixedSpace = space({
  lr: float(1e-6, 1, { log: true }),
  n: int(1, 1024, { log: true }),
  l: int(1, 8),
  d: float(0, 0.9, { step: 0.1 }),
  o: categorical(['sgd', 'adam', 'rms', 'lamb']),
  a: categorical(['relu', 'gelu', 'tanh']),
});

const mixed6: Problem = {
  name: 'mixed6',
  parameters: mixedSpace.parameters,
  optimum: 0,
  loss: (params) => {
    const { lr, n, l, d, o, a } = mixedSpace.decode(params);
    const [shift, cost] = OPTIMIZER[o];
    const numeric = 0.3 * (Math.log10(lr) + shift) ** 2 + 0.05 * (Math.log2(n) - 7) ** 2 + 0.05 * (l - 4) ** 2;
    return numeric + 2 * (d - 0.3) ** 2 + cost + ACTIVATION[a];
  },
};

const conditionalSpace = space({
  m: choice({
    svm: { c: float(1e-4, 1e4, { log: true }), k: categorical(['rbf', 'lin']) },
    rf: { depth: int(1, 30), trees: int(10, 500, { log: true }) },
    mlp: {
      layers: int(1, 3),
      u: repeat('layers', int(4, 512, { log: true })),
      lr: float(1e-5, 1, { log: true }),
    },
  }),
});

const cond: Problem = {
  name: 'cond',
  parameters: conditionalSpace.parameters,
  optimum: 0,
  loss: (params) => {
    const { m } = conditionalSpace.decode(params);
    switch (m.kind) {
      case 'svm':
        return 0.3 + 0.05 * (Math.log10(m.c) - 1) ** 2 + (m.k === 'rbf' ? 0 : 0.1);
      case 'rf':
        return 0.2 + 0.002 * (m.depth - 12) ** 2 + 0.2 * (m.trees / 500 - 0.8) ** 2;
      case 'mlp': {
        const units = sum(m.u.map((u) => 0.03 * (Math.log2(u) - 6) ** 2));
        return units + 0.05 * (m.layers - 2) ** 2 + 0.1 * (Math.log10(m.lr) + 2.5) ** 2;
      }
    }
  },
};

/** The nine functions that Optuna's committed figures were measured on; every optimum is 0. */
export const FUNCTIONS: readonly Problem[] = [
  branin,
  onFloats('sphere5', 5, -5, 5, sphere),
  onFloats('sphere20', 20, -5, 5, sphere),
  onFloats('rosen4', 4, -5, 10, rosenbrock),
  onFloats('ackley5', 5, -32.768, 32.768, ackley),
  onFloats('rastrigin5', 5, -5.12, 5.12, rastrigin),
  onFloats('hartmann6', 6, 0, 1, hartmann),
  mixed6,
  cond,
];
