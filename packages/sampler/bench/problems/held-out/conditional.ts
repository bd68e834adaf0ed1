import type { Rng } from '@assay/sampler';
import { categorical, int, type Parameter, type ParamValues } from '@assay/space';
import { gaussian, listOf, uniform, wholeBetween } from '../../random-values.js';
import type { Problem } from '../problem.js';
import { anyNumeric, anyTarget } from './any-distribution.js';
import { anyTerm, costOf, leastCost, type Term } from './terms.js';

interface Aimed extends Term {
  readonly name: string;
  readonly target: number;
}

interface Branch {
  readonly base: number;
  /** By how much this branch moves the target of each parameter that all branches share. */
  readonly shifts: readonly number[];
  readonly own: readonly Aimed[];
  readonly stack: Stack | null;
}

/** A repeated parameter: what each length costs, and a target for each element. */
interface Stack {
  readonly name: string;
  readonly costs: readonly number[];
  readonly elements: readonly Aimed[];
}

/**
 * A choice among 2 to 4 branches, each with parameters of its own and some with a repeated one, beside up to 2 parameters
 * that all branches share but want at different places. The least loss is the least over branches and lengths.
 */
export function conditionalProblem(name: string, rng: Rng): Problem {
  const shared = listOf(wholeBetween(rng, 0, 2), (i) => aimed(`s${i}`, rng));
  const branches = listOf(wholeBetween(rng, 2, 4), (b) => anyBranch(`m.b${b}`, shared.length, rng));
  const choices = branches.map((_, b) => `b${b}`);
  const parameters: Parameter[] = [
    ...shared.map(parameterOf),
    { name: 'm', distribution: categorical(choices), condition: null },
    ...branches.flatMap((branch, b) => branchParameters(branch, choices[b]!)),
  ];
  return {
    name,
    parameters,
    optimum: Math.min(...branches.map((branch) => leastOf(branch, shared))),
    loss: (params) => branchLoss(branches[choices.indexOf(params.m as string)]!, shared, params),
  };
}

function aimed(name: string, rng: Rng): Aimed {
  return { ...anyTerm(anyNumeric(rng), rng), name, target: anyTarget(rng) };
}

function anyBranch(prefix: string, sharedCount: number, rng: Rng): Branch {
  return {
    base: uniform(rng, 0, 0.3),
    shifts: listOf(sharedCount, () => 0.2 * gaussian(rng)),
    own: listOf(wholeBetween(rng, 1, 4), (i) => aimed(`${prefix}.x${i}`, rng)),
    stack: rng.next() < 0.4 ? anyStack(prefix, rng) : null,
  };
}

function anyStack(prefix: string, rng: Rng): Stack {
  const element = anyNumeric(rng);
  const term = anyTerm(element, rng);
  const longest = wholeBetween(rng, 2, 4);
  return {
    name: `${prefix}.n`,
    costs: listOf(longest, () => uniform(rng, 0, 0.5)),
    elements: listOf(longest, (i) => ({ ...term, name: `${prefix}.u[${i}]`, target: anyTarget(rng) })),
  };
}

function parameterOf({ name, distribution }: Aimed): Parameter {
  return { name, distribution, condition: null };
}

function branchParameters({ own, stack }: Branch, choice: string): readonly Parameter[] {
  const condition = { kind: 'equals', parent: 'm', value: choice } as const;
  const params: Parameter[] = own.map((term) => ({ ...parameterOf(term), condition }));
  if (stack === null) return params;
  const { name, elements } = stack;
  return [
    ...params,
    { name, distribution: int(1, elements.length), condition },
    ...elements.map((term, index) => ({
      ...parameterOf(term),
      condition: { kind: 'above', parent: name, index } as const,
    })),
  ];
}

function branchLoss(branch: Branch, shared: readonly Aimed[], params: ParamValues): number {
  const { base, own, stack } = branch;
  const aims = shared.map((term, i) => ({ ...term, target: movedTarget(term, branch, i) }));
  return (
    base + sumOf([...aims, ...own], (term) => costOf(term, params[term.name]!, term.target)) + stackLoss(stack, params)
  );
}

function stackLoss(stack: Stack | null, params: ParamValues): number {
  if (stack === null) return 0;
  const count = params[stack.name] as number;
  const used = stack.elements.slice(0, count);
  return stack.costs[count - 1]! + sumOf(used, (term) => costOf(term, params[term.name]!, term.target));
}

function leastOf(branch: Branch, shared: readonly Aimed[]): number {
  const { base, own, stack } = branch;
  const least = sumOf(own, (term) => leastCost(term, term.target));
  const leastShared = shared.reduce((sum, term, i) => sum + leastCost(term, movedTarget(term, branch, i)), 0);
  return base + least + leastShared + leastOfStack(stack);
}

function leastOfStack(stack: Stack | null): number {
  if (stack === null) return 0;
  const { costs, elements } = stack;
  return Math.min(
    ...costs.map((cost, i) => cost + sumOf(elements.slice(0, i + 1), (term) => leastCost(term, term.target))),
  );
}

function movedTarget({ target }: Aimed, { shifts }: Branch, index: number): number {
  return Math.min(Math.max(target + shifts[index]!, 0), 1);
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
