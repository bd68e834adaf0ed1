export type { Rng } from './rng.js';
export type { Direction, Observation, Report, Sampler, SamplerContext, Suggestion } from './sampler.js';
