import { randomSampler, type Sampler, type SamplerContext } from '@assay/sampler';
import { fromModel, isActive, modelRange, type ParamValues, type Scalar, toModel } from '@assay/space';

/**
 * Steps from the best trial so far, a shorter step the more trials there are, away from what runs: every suggestion depends
 * on the whole history, on its order and numbers, and on the notes of earlier ones.
 */
export function climbingSampler(): Sampler {
  return { name: 'climbing', settings: {}, suggest: (context) => ({ params: step(context), note: noteOf(context) }) };
}

function step(context: SamplerContext): ParamValues {
  const { space, history, rng } = context;
  const best = history.filter(({ values }) => values.length > 0).sort((a, b) => a.values[0]! - b.values[0]!)[0];
  if (best === undefined || history.length < 8) return randomSampler().suggest(context)!.params;
  const last = history.at(-1)!;
  const params: Record<string, Scalar> = {};
  for (const parameter of space) {
    if (!isActive(parameter, params)) continue;
    const { low, high } = modelRange(parameter.distribution);
    const from = best.params[parameter.name] ?? last.params[parameter.name];
    const centre = from === undefined ? (low + high) / 2 : toModel(parameter.distribution, from);
    const spread = (high - low) / (2 + history.length + context.running.length);
    params[parameter.name] = fromModel(parameter.distribution, centre + (rng.next() - 0.5) * spread);
  }
  return params;
}

function noteOf({ history, draw }: SamplerContext): { readonly draw: number; readonly before: number } {
  const seen = history.map(({ note, number }) => number - ((note as { draw: number } | null)?.draw ?? -1));
  return { draw, before: seen.reduce((sum, each, index) => sum + each * (index + 1), 0) };
}
