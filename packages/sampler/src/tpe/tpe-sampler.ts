import type { ParamValues } from '@assay/space';
import { type Axis, fillActive, paramsAt, pointOf, valueAtUnit } from '../axis.js';
import type { Sampler, SamplerContext } from '../sampler.js';
import { sobolParams } from '../sobol/sobol-sampler.js';
import { bestCandidate } from './best-candidate.js';
import { type StudyMemory, studyMemories } from './study-memory.js';
import { resolveTpeOptions, type TpeOptions } from './tpe-options.js';

/** Streams of one suggestion. */
const STREAM = { start: 0, candidates: 1, untried: 2 };

/**
 * The tree-structured Parzen estimator (Bergstra et al. 2011), multivariate: one joint density l over the good trials
 * and one, g, over the others, both over the union of all conditional parameters, where a trial says nothing about a
 * parameter it has not. Of candidates whose coordinates come from good trials the one with the greatest l/g is suggested.
 * Where values are discrete, nothing is suggested twice, and null when a finite space is used up. Several objectives are
 * split by non-domination and hypervolume; trials of an earlier study take the place of the start.
 * @throws {SamplerError} `UNKNOWN_OPTION`, `BAD_OPTION`
 */
export function tpeSampler(options: Partial<TpeOptions> = {}): Sampler {
  const resolved = resolveTpeOptions(options);
  const memoryOf = studyMemories(resolved);
  return {
    name: 'tpe',
    settings: { ...resolved },
    suggest: (context) => {
      const params = suggestParams(context, memoryOf(context), resolved);
      return params === null ? null : { params };
    },
  };
}

function suggestParams(context: SamplerContext, memory: StudyMemory, options: TpeOptions): ParamValues | null {
  const { axes, tried } = memory;
  const point = isStart(context, options) ? startPoint(axes, context, options) : modelPoint(context, memory, options);
  const fresh = point !== null && !tried.has(point);
  return fresh ? paramsAt(axes, point) : tried.untried(context.rng.fork(STREAM.untried));
}

function isStart({ history, prior }: SamplerContext, { startup }: TpeOptions): boolean {
  return history.length < startup && prior.length === 0;
}

function startPoint(axes: readonly Axis[], context: SamplerContext, { start }: TpeOptions): Float64Array {
  const rng = context.rng.fork(STREAM.start);
  const params =
    start === 'sobol' ? sobolParams(axes, context) : fillActive(axes, (axis) => valueAtUnit(axis, rng.next()));
  return pointOf(axes, params);
}

function modelPoint(context: SamplerContext, { finished, model, tried }: StudyMemory, options: TpeOptions) {
  model.fit(finished, ascendingNumbers(context.running), context.prior);
  return bestCandidate(model, tried, options, context.rng.fork(STREAM.candidates));
}

function ascendingNumbers(trials: SamplerContext['running']): SamplerContext['running'] {
  return [...trials].sort((a, b) => a.number - b.number);
}
