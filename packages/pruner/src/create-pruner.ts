import { hyperbandPruner } from './hyperband-pruner.js';
import { medianPruner } from './median-pruner.js';
import { nopPruner } from './nop-pruner.js';
import { resolveOptions } from './option-rules.js';
import { parsePrunerText } from './parse-pruner-text.js';
import { patientPruner } from './patient-pruner.js';
import { percentilePruner } from './percentile-pruner.js';
import type { Pruner } from './pruner.js';
import { PrunerError } from './pruner-error.js';
import { checkPrunerName, type PrunerName } from './pruner-kinds.js';
import { successiveHalvingPruner } from './successive-halving-pruner.js';
import { thresholdPruner } from './threshold-pruner.js';
import { wilcoxonPruner } from './wilcoxon-pruner.js';

/**
 * A pruner from a command-line text (`median`, `percentile:25`, `asha:eta=3,min=1`, `hyperband:max=27`,
 * `threshold:upper=10`, `patient:3`, `patient:3,wrapped=median`, `wilcoxon:p=0.05`, `none`) or from a plain description as
 * in `Pruner.settings` (`{ name: 'asha', reductionFactor: 3 }`), where options left out take their defaults.
 * @throws {PrunerError} naming what was got and what is allowed
 */
export function createPruner(description: string | Readonly<Record<string, unknown>>): Pruner {
  return fromUnknown(typeof description === 'string' ? parsePrunerText(description) : description);
}

function fromUnknown(description: unknown): Pruner {
  if (!isObject(description)) {
    const got = JSON.stringify(description) ?? 'nothing';
    throw new PrunerError('BAD_SYNTAX', `A pruner is a text such as "median" or an object with a name, got ${got}`);
  }
  const { name, ...options } = description;
  // Each builder checks the names and values of its options itself: a type that fits them all is as good as any.
  return build(checkPrunerName(name), options as never);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function build(name: PrunerName, options: never): Pruner {
  switch (name) {
    case 'none':
      resolveOptions(name, {}, {}, options);
      return nopPruner();
    case 'median':
      return medianPruner(options);
    case 'percentile':
      return percentilePruner(options);
    case 'asha':
      return successiveHalvingPruner(options);
    case 'hyperband':
      return hyperbandPruner(options);
    case 'threshold':
      return thresholdPruner(options);
    case 'patient':
      return buildPatient(options);
    case 'wilcoxon':
      return wilcoxonPruner(options);
  }
}

function buildPatient(description: Readonly<Record<string, unknown>>): Pruner {
  const { wrapped = null, ...options } = description;
  return patientPruner(wrapped === null ? null : fromUnknown(wrapped), options as never);
}
