import type { Distribution, Parameter, ParamValues, Scalar, SearchSpace } from '@assay/space';

/**
 * The space of a study that stores none (another tool made it, or its trials name their parameters as they run), as far as
 * its trials show it: numbers lie evenly between the smallest and the largest there are, whole ones on whole numbers; all
 * other values are categories. Nothing says whether a range is logarithmic, or in steps, so none is taken for that.
 * @returns the parameters in the order in which the trials name them first, none with a condition
 */
export function observedSpace(trials: readonly { readonly params: ParamValues }[]): SearchSpace {
  const values = new Map<string, Set<Scalar>>();
  for (const { params } of trials) {
    for (const [name, value] of Object.entries(params)) {
      const seen = values.get(name);
      if (seen === undefined) values.set(name, new Set([value]));
      else seen.add(value);
    }
  }
  return Array.from(
    values,
    ([name, seen]): Parameter => ({ name, distribution: observed([...seen]), condition: null }),
  );
}

/** @param values distinct, at least one */
function observed(values: readonly Scalar[]): Distribution {
  if (!values.every((value) => typeof value === 'number' && Number.isFinite(value))) {
    return { kind: 'categorical', choices: values };
  }
  const numbers = Float64Array.from(values as readonly number[]).sort();
  const [low, high] = [numbers[0]!, numbers.at(-1)!];
  const isWhole = numbers.every(Number.isSafeInteger);
  return isWhole
    ? { kind: 'int', low, high, log: false, step: 1 }
    : { kind: 'float', low, high, log: false, step: null };
}
