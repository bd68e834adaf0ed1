export { randomSampler } from './random-sampler.js';
export { createRng, type Rng } from './rng.js';
export type { Direction, Observation, Report, Sampler, SamplerContext, Suggestion } from './sampler.js';
export { SamplerError, type SamplerErrorCode } from './sampler-error.js';
