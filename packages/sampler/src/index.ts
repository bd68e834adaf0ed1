export { type GridOptions, gridSampler } from './grid/grid-sampler.js';
export { normalCdf } from './normal/normal.js';
export { randomSampler } from './random-sampler.js';
export { createRng, type Rng } from './rng.js';
export type { Direction, Observation, Report, Sampler, SamplerContext, Suggestion } from './sampler.js';
export { SamplerError, type SamplerErrorCode } from './sampler-error.js';
export { sobolSampler } from './sobol/sobol-sampler.js';
export type { TpeOptions } from './tpe/tpe-options.js';
export { tpeSampler } from './tpe/tpe-sampler.js';
