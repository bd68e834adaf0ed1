import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createPruner } from './create-pruner.js';
import type { Direction, LearningCurve } from './learning-curve.js';
import type { Pruner, PrunerSettings } from './pruner.js';
import { uniform } from './uniform.test.kit.js';

const python = process.env.ASSAY_PYTHON;
const hasOptuna = python !== undefined && spawnSync(python, ['-c', 'import optuna, scipy.stats']).status === 0;
const skipped = hasOptuna ? '' : ' (skipped: ASSAY_PYTHON names no Python that has Optuna and SciPy)';

interface PlannedCurve {
  /** Values as text, since JSON has no NaN. */
  readonly reports: readonly (readonly [step: number, value: string])[];
  readonly failAt: number | null;
  /** The final value, should it complete. */
  readonly value: number;
  readonly feasible: boolean;
}

interface Plan {
  readonly studyName: string;
  readonly direction: Direction;
  readonly settings: PrunerSettings;
  readonly workers: number;
  readonly curves: readonly PlannedCurve[];
}

interface Outcome {
  readonly state: string;
  readonly reports: number;
  readonly rungs: readonly string[];
}

it.skipIf(!hasOptuna)(
  `Optuna's own pruners stop the same trials at the same step and store the same rungs${skipped}`,
  () => {
    const plans = PRUNERS.flatMap((text, index) =>
      [0, 1, 2, 3].map((variant) => planFor(createPruner(text), index * 4 + variant)),
    );
    const outcomes = plans.map((plan) => runPlan(plan));
    expect(outcomes).toEqual(askOptuna(plans));
    const pruned = outcomes.map((trials) => trials.filter(({ state }) => state === 'pruned').length);
    const fewest = Math.min(...pruned.filter((_, i) => plans[i]!.settings.name !== 'none'));
    expect(fewest, 'stopped trials, of 40, without which agreement would mean nothing').toBeGreaterThan(3);
  },
  300_000,
);

const PRUNERS = [
  'none',
  'median',
  'median:startup=0,warmup=3,interval=4',
  'median:startup=2,trials=4',
  'percentile:25,startup=1',
  'percentile:80,startup=3,interval=3',
  'percentile:0,startup=1',
  'percentile:100,startup=1',
  'asha:min=1,eta=2',
  'asha:min=2,eta=3,rate=1',
  'asha:min=1,eta=3,bootstrap=3',
  'asha',
  'hyperband:max=16,eta=2',
  'hyperband:min=1,max=27',
  'hyperband:max=243',
  'hyperband:max=9,bootstrap=2',
  'hyperband',
  'threshold:upper=4.5',
  'threshold:lower=0.5,upper=5.5,warmup=2,interval=3',
  'patient:2',
  'patient:0,delta=1',
  'patient:1,wrapped=median:startup=1',
  'patient:1,wrapped=asha:min=1,eta=2',
  'wilcoxon',
  'wilcoxon:p=0.3,startup=0',
  'wilcoxon:p=0.02,startup=14',
];

/** Few distinct values, so that ties are common; irregular steps; NaN, infinities and failures in between. */
function planFor(pruner: Pruner, seed: number): Plan {
  const random = uniform(seed + 1);
  // What `auto` resources are taken from is only certain where trials end in order; then their lengths may differ too.
  const isAuto = JSON.stringify(pruner.settings).includes('"auto"');
  return {
    studyName: `studie-ü-${seed}`,
    direction: seed % 2 === 0 ? 'minimize' : 'maximize',
    settings: pruner.settings,
    workers: isAuto ? 1 : 1 + (seed % 4),
    curves: Array.from({ length: 40 }, () => {
      const reports =
        pruner.name === 'wilcoxon' ? instances(random, pruner.settings) : epochs(random, pruner.settings, isAuto);
      const failAt = random() < 0.1 ? Math.floor(random() * (reports.length - 1)) : null;
      // Among equally good trials Optuna's storages choose the best one differently, so final values are all different.
      return { reports, failAt, value: meanOf(reports) + 1e-6 * random(), feasible: random() < 0.8 };
    }),
  };
}

function epochs(random: () => number, settings: PrunerSettings, isAuto: boolean): PlannedCurve['reports'] {
  const last = isAuto ? 15 + Math.floor(random() * 10) : 19;
  const steps = Array.from({ length: last + 1 }, (_, step) => step).filter((step) => step === last || random() < 0.8);
  return steps.map((step) => [isAuto ? 30 * step : step, reportValue(random, JSON.stringify(settings))]);
}

/** In any order. Where sizes of differences are equal SciPy lists all signs of 8 to 13 of them, for seconds: not asked here. */
function instances(random: () => number, { startupSteps }: PrunerSettings): PlannedCurve['reports'] {
  const count = { 0: 7, 2: 60, 14: 40 }[Number(startupSteps)]!;
  const steps = Array.from({ length: count }, (_, step) => step).filter(() => random() < 0.9);
  steps.sort(() => random() - 0.5);
  const level = Math.floor(random() * 3);
  const value = (): number => (startupSteps === 2 ? 4 * random() + level : Math.floor(random() * 9) / 2 + level);
  return steps.map((step) => [step, random() < 0.002 ? 'nan' : `${value()}`]);
}

function meanOf(reports: PlannedCurve['reports']): number {
  const values = reports.map(([, text]) => toNumber(text)).filter(Number.isFinite);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function reportValue(random: () => number, settings: string): string {
  // Where all reports of a step are ranked, Optuna loses finite percentiles next to an infinite value (see percentile.ts).
  const oddities = settings.includes('startupTrials') ? ['nan'] : ['nan', 'inf', '-inf'];
  return random() < 0.06 ? oddities[Math.floor(random() * oddities.length)]! : `${Math.floor(random() * 13) / 2}`;
}

/** The same schedule as in optuna-oracle.py: the workers report in turn, a free one takes the next trial. */
function runPlan({ studyName, direction, settings, workers, curves }: Plan): readonly Outcome[] {
  const pruner = createPruner(settings);
  const trials: LearningCurve[] = [];
  const slots: (number | null)[] = Array.from({ length: workers }, () => null);
  const takeTurn = (number: number): void => {
    const planned = curves[number]!;
    const position = trials[number]!.reports.length;
    const [step, text] = planned.reports[position]!;
    const reports = [...trials[number]!.reports, { step, value: toNumber(text) }].sort((a, b) => a.step - b.step);
    const trial = { ...trials[number]!, reports };
    const others = trials.filter((other) => other.number !== number);
    const { prune, rungs = trial.rungs } = pruner.decide({ studyName, direction, trial, trials: others });
    const atEnd = position === planned.reports.length - 1;
    const state = prune ? 'pruned' : position === planned.failAt ? 'failed' : atEnd ? 'complete' : 'running';
    trials[number] = { ...trial, rungs, state, value: state === 'complete' && planned.feasible ? planned.value : null };
  };
  do {
    for (const [index, slot] of slots.entries()) {
      const number = slot ?? (trials.length < curves.length ? trials.length : null);
      if (number === null) continue;
      trials[number] ??= { number, state: 'running', reports: [], rungs: [], value: null };
      takeTurn(number);
      slots[index] = trials[number].state === 'running' ? number : null;
    }
  } while (slots.some((slot) => slot !== null) || trials.length < curves.length);
  return trials.map(({ state, reports, rungs }) => ({ state, reports: reports.length, rungs: rungs.map(pythonText) }));
}

function askOptuna(plans: readonly Plan[]): unknown {
  const oracle = fileURLToPath(new URL('./optuna-oracle.py', import.meta.url));
  return JSON.parse(execFileSync(python!, [oracle], { input: JSON.stringify(plans), encoding: 'utf8' }));
}

function toNumber(text: string): number {
  return { nan: Number.NaN, inf: Infinity, '-inf': -Infinity }[text] ?? Number(text);
}

function pythonText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
