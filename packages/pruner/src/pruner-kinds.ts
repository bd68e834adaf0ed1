import { HYPERBAND_RULES } from './hyperband-pruner.js';
import type { OptionRules } from './option-rules.js';
import { PATIENT_RULES } from './patient-pruner.js';
import { COMPARISON_RULES, PERCENTILE_RULES } from './percentile-pruner.js';
import { PrunerError } from './pruner-error.js';
import { SUCCESSIVE_HALVING_RULES } from './successive-halving-pruner.js';
import { THRESHOLD_RULES } from './threshold-pruner.js';
import { WILCOXON_RULES } from './wilcoxon-pruner.js';

/** The pruners that can be named on a command line or in a stored study. */
export const PRUNER_NAMES = [
  'none',
  'median',
  'percentile',
  'asha',
  'hyperband',
  'threshold',
  'patient',
  'wilcoxon',
] as const;
export type PrunerName = (typeof PRUNER_NAMES)[number];

interface PrunerKind {
  readonly rules: OptionRules;
  /** The option that a value without a name sets, as in `percentile:25`. */
  readonly bare: string | null;
}

export const PRUNER_KINDS: Readonly<Record<PrunerName, PrunerKind>> = {
  none: { rules: {}, bare: null },
  median: { rules: COMPARISON_RULES, bare: null },
  percentile: { rules: PERCENTILE_RULES, bare: 'percentile' },
  asha: { rules: SUCCESSIVE_HALVING_RULES, bare: null },
  hyperband: { rules: HYPERBAND_RULES, bare: null },
  threshold: { rules: THRESHOLD_RULES, bare: null },
  patient: { rules: PATIENT_RULES, bare: 'patience' },
  wilcoxon: { rules: WILCOXON_RULES, bare: null },
};

/** @throws {PrunerError} `UNKNOWN_PRUNER` */
export function checkPrunerName(name: unknown): PrunerName {
  const known = PRUNER_NAMES.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  const got = JSON.stringify(name) ?? 'nothing';
  throw new PrunerError('UNKNOWN_PRUNER', `No pruner is called ${got}; allowed: ${PRUNER_NAMES.join(', ')}`);
}
