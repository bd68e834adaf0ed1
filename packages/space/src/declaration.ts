import type { Distribution, Scalar } from './distribution.js';

export type FloatDistribution = Extract<Distribution, { readonly kind: 'float' }>;
export type IntDistribution = Extract<Distribution, { readonly kind: 'int' }>;

export interface CategoricalDistribution<T extends Scalar = Scalar> {
  readonly kind: 'categorical';
  readonly choices: readonly T[];
}

export interface OrderedDistribution<T extends Scalar = Scalar> {
  readonly kind: 'ordered';
  readonly values: readonly T[];
}

/** One of several branches, each with its own parameters. */
export interface Choice<B extends Readonly<Record<string, Group>> = Readonly<Record<string, Group>>> {
  readonly kind: 'choice';
  readonly branches: B;
}

/** As many elements as the int parameter `count` says, which stands in the same object. */
export interface Repeat<C extends string = string, E extends Distribution | Group = Distribution | Group> {
  readonly kind: 'repeat';
  readonly count: C;
  readonly element: E;
}

/** Named declarations; a plain object inside a space. A `kind` that is not a string is a parameter of that name. */
export interface Group {
  readonly [name: string]: Declaration;
}

/** What may stand under a name in `space({ ... })`. */
export type Declaration = Distribution | Choice | Repeat | Group;

/** Spacing of the values: `log` spreads them evenly over orders of magnitude, `step` allows `low`, `low + step`, ... only. */
export interface RangeOptions {
  readonly log?: boolean;
  readonly step?: number;
}

/** A real number in [low, high]. Bounds are checked by `space()`, which knows the parameter's name. */
export function float(low: number, high: number, options: RangeOptions = {}): FloatDistribution {
  return { kind: 'float', low, high, log: options.log ?? false, step: options.step ?? null };
}

/** A whole number in [low, high]. */
export function int(low: number, high: number, options: RangeOptions = {}): IntDistribution {
  return { kind: 'int', low, high, log: options.log ?? false, step: options.step ?? 1 };
}

/** One of the values, none nearer to another. */
export function categorical<const T extends readonly Scalar[]>(choices: T): CategoricalDistribution<T[number]> {
  return { kind: 'categorical', choices };
}

/** One of the values, in an order that means something: neighbours in the list are expected to do alike. */
export function ordered<const T extends readonly Scalar[]>(values: T): OrderedDistribution<T[number]> {
  return { kind: 'ordered', values };
}

/**
 * One of the branches, and with it that branch's parameters. The value is a union told apart by `kind`:
 * `choice({ adam: {}, sgd: { momentum: float(0, 1) } })` gives `{ kind: 'adam' } | { kind: 'sgd', momentum: number }`,
 * so a branch has no parameter named `kind`.
 */
export function choice<const B extends Readonly<Record<string, Group>>>(branches: B): Choice<B> {
  return { kind: 'choice', branches };
}

/**
 * An array whose length is the value of the int parameter named `count` in the same object.
 * Every element is drawn on its own; `int(low, high)` gives `high` flat parameters, of which the first `count` are active.
 */
export function repeat<const C extends string, const E extends Distribution | Group>(
  count: C,
  element: E,
): Repeat<C, E> {
  return { kind: 'repeat', count, element };
}

/** A declaration told apart from a plain group, in which `kind` can only be the name of a parameter. */
export function isGroup(declaration: Declaration): declaration is Group {
  return typeof declaration.kind !== 'string';
}
