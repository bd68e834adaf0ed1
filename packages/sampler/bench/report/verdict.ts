import { type Comparison, compare } from '../statistics/mann-whitney.js';
import { overallComparison } from '../statistics/overall-comparison.js';
import { pText, quantile } from './figure-text.js';

/** Our regrets on one problem beside those of a rival. */
export interface Match {
  readonly name: string;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}

/** What is asked of a sampler on a set of problems. */
export type Demand =
  | { readonly kind: 'better on'; readonly atLeast: number }
  | { readonly kind: 'better or solved on'; readonly atLeast: number }
  | { readonly kind: 'not worse' }
  | { readonly kind: 'more better than worse' }
  | { readonly kind: 'better over all' };

/** Better and worse are one-sided Mann-Whitney tests at these levels. */
const BETTER_AT = 0.05;
const WORSE_AT = 0.01;

/** One line: on how many problems we are better and worse, what was asked for, and whether that is met. */
export function verdict(title: string, matches: readonly Match[], demand: Demand): string {
  const results = matches.map((match) => ({ ...match, ...compare(match.ours, match.theirs) }));
  const better = results.filter(isBetter);
  const solved = results.filter((result) => isBetter(result) || quantile(result.ours, 0.5) === 0);
  const together = overallComparison(matches.map(({ ours, theirs }) => [ours, theirs]));
  const worse = results.filter((result) => result.worse < worseLevel(demand));
  const counts = [
    `better on ${better.length} of ${matches.length} (p < ${BETTER_AT})`,
    ...(demand.kind === 'better or solved on' ? [`better or median regret 0 on ${solved.length}`] : []),
    `worse on ${worse.length} (p < ${worseLevel(demand)})${namesOf(worse)}`,
    ...(demand.kind === 'better over all'
      ? [`share of wins ${together.winShare.toFixed(2)} (p ${pText(together.better)})`]
      : []),
  ];
  const met = isMet(demand, { better: better.length, solved: solved.length, worse: worse.length, together });
  return `${met ? 'MET   ' : 'MISSED'} ${title}: ${counts.join(', ')}; asked: ${textOf(demand)}`;
}

function isBetter({ better }: Comparison): boolean {
  return better < BETTER_AT;
}

/** Where better and worse are weighed against each other, both are found at one level. */
function worseLevel({ kind }: Demand): number {
  return kind === 'more better than worse' ? BETTER_AT : WORSE_AT;
}

function namesOf(matches: readonly Match[]): string {
  return matches.length === 0 ? '' : ` (${matches.map(({ name }) => name).join(', ')})`;
}

interface Counts {
  readonly better: number;
  readonly solved: number;
  readonly worse: number;
  readonly together: Comparison;
}

function isMet(demand: Demand, { better, solved, worse, together }: Counts): boolean {
  switch (demand.kind) {
    case 'better on':
      return better >= demand.atLeast && worse === 0;
    case 'better or solved on':
      return solved >= demand.atLeast && worse === 0;
    case 'not worse':
      return worse === 0;
    case 'more better than worse':
      return better > worse;
    case 'better over all':
      return isBetter(together);
  }
}

function textOf(demand: Demand): string {
  switch (demand.kind) {
    case 'better on':
      return `better on at least ${demand.atLeast}, worse on none`;
    case 'better or solved on':
      return `better or median regret 0 on at least ${demand.atLeast}, worse on none`;
    case 'not worse':
      return 'worse on none';
    case 'more better than worse':
      return 'better on more than worse on';
    case 'better over all':
      return `better over all problems together (p < ${BETTER_AT})`;
  }
}
