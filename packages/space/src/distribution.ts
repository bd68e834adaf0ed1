/** A value that a categorical or ordered parameter can take, and that JSON can hold. */
export type Scalar = string | number | boolean | null;

export type Json = Scalar | readonly Json[] | { readonly [key: string]: Json };

/** Where one parameter's values come from. `ordered` is stored in Optuna's terms as an int over its positions. */
export type Distribution =
  | {
      readonly kind: 'float';
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly step: number | null;
    }
  | { readonly kind: 'int'; readonly low: number; readonly high: number; readonly log: boolean; readonly step: number }
  | { readonly kind: 'categorical'; readonly choices: readonly Scalar[] }
  | { readonly kind: 'ordered'; readonly values: readonly Scalar[] };

/** Parameter values by flat name (`optimizer`, `optimizer.sgd.momentum`, `units[0]`); only the active ones are present. */
export type ParamValues = Readonly<Record<string, Scalar>>;
