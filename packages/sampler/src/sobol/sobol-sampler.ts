import type { ParamValues } from '@assay/space';
import { type Axis, axesOf, fillActive, valueAtUnit } from '../axis.js';
import { createRng } from '../rng.js';
import type { Sampler, SamplerContext } from '../sampler.js';
import { owenScramble } from './owen-scramble.js';
import { SOBOL_DIMENSIONS, sobolBits } from './sobol-bits.js';

/** The stream of the scrambling seeds: below 0, where no draw is. */
const SCRAMBLE_KEY = -1;

/**
 * Scrambled Sobol points: a uniform design that fills the space far more evenly than random draws.
 * The draw is the index and every parameter of the flat space, active or not, has a dimension of its own, so parallel
 * workers and other branches leave no gaps. Parameters beyond the 256th are drawn at random.
 */
export function sobolSampler(): Sampler {
  return {
    name: 'sobol',
    settings: {},
    suggest: (context) => ({ params: sobolParams(axesOf(context.space), context) }),
  };
}

/** The configuration at the context's draw of the study's scrambled Sobol sequence. */
export function sobolParams(
  axes: readonly Axis[],
  { draw, rng, studySeed }: Pick<SamplerContext, 'draw' | 'rng' | 'studySeed'>,
): ParamValues {
  const seeds = createRng(studySeed).fork(SCRAMBLE_KEY);
  return fillActive(axes, (axis, dimension) =>
    valueAtUnit(
      axis,
      dimension < SOBOL_DIMENSIONS
        ? scrambledSobol(draw, dimension, seeds.fork(dimension).next())
        : rng.fork(dimension).next(),
    ),
  );
}

/** One coordinate of a scrambled Sobol point, in (0, 1). @param seed uniform in [0, 1), one per dimension */
export function scrambledSobol(index: number, dimension: number, seed: number): number {
  return (owenScramble(sobolBits(index, dimension), Math.floor(seed * 2 ** 32)) + 0.5) / 2 ** 32;
}
