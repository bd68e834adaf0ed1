import { autoSampler } from './auto/auto-sampler.js';
import { cmaEsSampler } from './cma-es/cma-es-sampler.js';
import { gpSampler } from './gp/gp-sampler.js';
import { gridSampler } from './grid/grid-sampler.js';
import { nsgaIISampler } from './nsga-ii/nsga-ii-sampler.js';
import { randomSampler } from './random-sampler.js';
import { describeSampler } from './sampler-contract.test.kit.js';
import { sobolSampler } from './sobol/sobol-sampler.js';
import { tpeSampler } from './tpe/tpe-sampler.js';

describeSampler('auto', autoSampler);
describeSampler('cma-es', () => cmaEsSampler());
describeSampler('nsga-ii', () => nsgaIISampler({ population: 4 }));
describeSampler('gp', () => gpSampler({ startup: 2 }));
describeSampler('random', randomSampler);
describeSampler('sobol', sobolSampler);
describeSampler('grid', () => gridSampler({ resolution: 7 }));
describeSampler('tpe', () => tpeSampler({ startup: 3 }));
describeSampler('tpe, random start', () => tpeSampler({ start: 'random' }));
describeSampler('tpe in the setup of Optuna 5', () =>
  tpeSampler({
    gamma: 0.1,
    weights: 'recency',
    neighbours: 'observations',
    minWidth: 0.01,
    minWidthExponent: 1,
    startup: 1,
  }),
);
