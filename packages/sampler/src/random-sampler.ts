import { axesOf, fillActive, valueAtUnit } from './axis.js';
import type { Sampler } from './sampler.js';

/** Draws every active parameter independently: uniform, on a log scale where the parameter has one. */
export function randomSampler(): Sampler {
  return {
    name: 'random',
    settings: {},
    suggest: ({ space, rng }) => ({
      params: fillActive(axesOf(space), (axis, index) => valueAtUnit(axis, rng.fork(index).next())),
    }),
  };
}
