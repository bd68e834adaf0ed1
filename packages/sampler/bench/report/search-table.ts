import type { Regrets } from '../simulation/regrets.js';
import { type Comparison, compare } from '../statistics/mann-whitney.js';
import { overallComparison } from '../statistics/overall-comparison.js';
import { pText, quartileText } from './figure-text.js';

/** The header of the table. */
export function headline(sampler: string, against: string | null): string {
  const columns = ['problem', 'trials', sampler, ...(against === null ? [] : [against, 'wins', 'p better', 'p worse'])];
  return `| ${columns.join(' | ')} |\n|${columns.map(() => '---|').join('')}`;
}

export function soloRow(name: string, budget: number, ours: readonly number[]): string {
  return `| ${name} | ${budget} | ${quartileText(ours)} |`;
}

export function comparisonRow(
  name: string,
  budget: number,
  ours: readonly number[],
  theirs: readonly number[],
): string {
  const { winShare, better, worse } = compare(ours, theirs);
  const cells = [quartileText(ours), quartileText(theirs), winShare.toFixed(2), pText(better), pText(worse)];
  return `| ${name} | ${budget} | ${cells.join(' | ')} |`;
}

/** One line per budget: how often the first sampler ends lower, over all problems that both have. */
export function summaryLines(ours: Regrets, theirs: Regrets, budgets: readonly number[]): readonly string[] {
  return budgets.flatMap((budget) => {
    const pairs = Object.keys(ours).flatMap((name) => {
      const [mine, other] = [ours[name]?.[budget], theirs[name]?.[budget]];
      return mine === undefined || other === undefined ? [] : [[mine, other] as const];
    });
    if (pairs.length === 0) return [];
    const comparisons = pairs.map(([mine, other]) => compare(mine, other));
    return `${pairs.length} problems at ${budget} trials: ${standing(comparisons)}; ${overallText(pairs)}`;
  });
}

function standing(comparisons: readonly Comparison[]): string {
  const better = comparisons.filter((comparison) => comparison.better < 0.05).length;
  const worse = comparisons.filter((comparison) => comparison.worse < 0.05).length;
  return `better on ${better}, worse on ${worse} (p < 0.05)`;
}

function overallText(pairs: readonly (readonly [readonly number[], readonly number[]])[]): string {
  const { winShare, better, worse } = overallComparison(pairs);
  return `share of wins ${winShare.toFixed(3)}, p better ${pText(better)}, p worse ${pText(worse)}`;
}
