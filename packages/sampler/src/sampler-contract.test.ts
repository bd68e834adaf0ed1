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
describeSampler('tpe without crossover and tails, from the second trial', () =>
  tpeSampler({ crossover: 0, tail: 0, gamma: 0.1, startup: 1, candidates: 2 }),
);
