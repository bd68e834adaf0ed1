import type { Rng } from '@assay/sampler';
import { contains, modelRange, type Parameter, type ParamValues, toModel } from '@assay/space';

/**
 * One parameter as a regression tree sees it. Ranges are in model units (log units where a range is logarithmic) and reach
 * half a step beyond discrete values, so that each of them weighs alike.
 */
export type Feature =
  | { readonly kind: 'range'; readonly values: Float64Array; readonly low: number; readonly high: number }
  | { readonly kind: 'categories'; readonly values: Float64Array; readonly count: number };

/**
 * The trials' parameters as columns, a number per trial: the value in model units, of a category its position.
 *
 * A trial that lacks a conditional parameter gets a value drawn from the whole range: its result does not depend on it, and
 * that is what trees learn from such a draw. So they stand for a function on the whole box, conditional parameters included
 * (Optuna leaves those out).
 * @param rng one fork per parameter is drawn from
 */
export function featureTable(
  parameters: readonly Parameter[],
  trials: readonly { readonly params: ParamValues }[],
  rng: Rng,
): readonly Feature[] {
  return parameters.map(({ name, distribution }, index): Feature => {
    const { low, high } = modelRange(distribution);
    const stream = rng.fork(index);
    const values = Float64Array.from(trials, ({ params }) => {
      const value = params[name];
      return contains(distribution, value) ? toModel(distribution, value!) : low + (high - low) * stream.next();
    });
    if (distribution.kind !== 'categorical') return { kind: 'range', values, low, high };
    const count = distribution.choices.length;
    return {
      kind: 'categories',
      values: values.map((value) => Math.min(Math.max(Math.round(value), 0), count - 1)),
      count,
    };
  });
}
