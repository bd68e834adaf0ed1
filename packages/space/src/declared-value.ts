import type {
  CategoricalDistribution,
  Choice,
  Group,
  IntDistribution,
  OrderedDistribution,
  Repeat,
} from './declaration.js';

/** The type of a declaration's values. */
export type DeclaredValue<D> = D extends { readonly kind: 'float' | 'int' }
  ? number
  : D extends CategoricalDistribution<infer T>
    ? T
    : D extends OrderedDistribution<infer T>
      ? T
      : D extends Repeat<string, infer E>
        ? readonly DeclaredValue<E>[]
        : D extends Choice<infer B>
          ? { [K in keyof B]: BranchValue<K, B[K]> }[keyof B]
          : D extends Group
            ? GroupValue<D>
            : never;

/** The type of a group's values: one readonly property per declaration. */
export type GroupValue<G> = { readonly [K in keyof G]: DeclaredValue<G[K]> };

type BranchValue<K, G> = {
  readonly [P in 'kind' | keyof G]: P extends keyof G
    ? DeclaredValue<G[P]>
    : K extends string | number
      ? `${K}`
      : never;
};

/** The same declarations, with a message in place of every `repeat` whose count is no int parameter beside it. */
export type Checked<G> = { readonly [K in keyof G]: CheckedDeclaration<G[K], G> };

type CheckedDeclaration<D, Beside> =
  D extends Repeat<infer C, infer E>
    ? Beside extends Readonly<Record<C, IntDistribution>>
      ? { readonly kind: 'repeat'; readonly count: C; readonly element: CheckedElement<E> }
      : `repeat: '${C}' is not an int parameter beside it`
    : D extends Choice<infer B>
      ? { readonly kind: 'choice'; readonly branches: { readonly [K in keyof B]: Checked<B[K]> } }
      : CheckedElement<D>;

type CheckedElement<D> = D extends { readonly kind: string } ? D : Checked<D>;
