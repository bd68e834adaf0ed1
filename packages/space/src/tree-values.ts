import { show } from './checked-distribution.js';
import { type Choice, type Declaration, type Group, isGroup, type Repeat } from './declaration.js';
import type { Distribution, ParamValues, Scalar } from './distribution.js';
import { SpaceError } from './space-error.js';

type Tree = Readonly<Record<string, unknown>>;

/** Flat values as a tree shaped like the declarations. The values must be valid for them. */
export function treeOf(group: Group, values: ParamValues, prefix = ''): Tree {
  return Object.fromEntries(
    Object.entries(group).map(([key, declaration]) => [key, subtreeOf(declaration, values, prefix + key, prefix)]),
  );
}

function subtreeOf(declaration: Declaration, values: ParamValues, name: string, prefix: string): unknown {
  if (isGroup(declaration)) return treeOf(declaration, values, `${name}.`);
  switch (declaration.kind) {
    case 'choice': {
      const kind = values[name] as string;
      return { kind, ...treeOf(declaration.branches[kind]!, values, `${name}.${kind}.`) };
    }
    case 'repeat':
      return Array.from({ length: values[prefix + declaration.count] as number }, (_, index) =>
        subtreeOf(declaration.element, values, `${name}[${index}]`, ''),
      );
    default:
      return values[name];
  }
}

/**
 * A tree's values by flat name; ranges are left to `validateValues`.
 * @throws {SpaceError} when the tree is not shaped like the declarations
 */
export function flatValues(group: Group, tree: unknown): ParamValues {
  return Object.fromEntries(entriesOf(group, tree, '', []));
}

type Entry = readonly [name: string, value: Scalar];

/** @param own keys of the tree that belong to no declaration of the group (a branch's `kind`) */
function entriesOf(group: Group, tree: unknown, prefix: string, own: readonly string[]): Entry[] {
  const values = checkedTree(tree, prefix);
  const stray = Object.keys(values).find((key) => !Object.hasOwn(group, key) && !own.includes(key));
  if (stray !== undefined) {
    throw new SpaceError(
      'UNKNOWN_PARAMETER',
      `There is no parameter '${prefix}${stray}' (got ${show(values[stray])}) here`,
    );
  }
  return Object.entries(group).flatMap(([key, declaration]) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (declaration.kind === 'repeat') return repeatEntries(declaration as Repeat, value, prefix + key, values);
    return declarationEntries(declaration as Exclude<Declaration, Repeat>, value, prefix + key);
  });
}

function declarationEntries(declaration: Distribution | Choice | Group, value: unknown, name: string): Entry[] {
  if (isGroup(declaration)) return entriesOf(declaration, value, `${name}.`, []);
  if (declaration.kind === 'choice') return choiceEntries(declaration, value, name);
  return value === undefined ? [] : [[name, value as Scalar]];
}

function choiceEntries({ branches }: Choice, value: unknown, name: string): Entry[] {
  const { kind } = checkedTree(value, `${name}.`);
  if (typeof kind !== 'string' || !Object.hasOwn(branches, kind)) {
    const wanted = Object.keys(branches).map(show).join(', ');
    throw new SpaceError('OUT_OF_RANGE', `Parameter '${name}' has kind ${show(kind)}; it takes one of ${wanted}`);
  }
  return [[name, kind], ...entriesOf(branches[kind]!, value, `${name}.${kind}.`, ['kind'])];
}

function repeatEntries({ count, element }: Repeat, value: unknown, name: string, beside: Tree): Entry[] {
  const wanted = beside[count];
  // A missing count is for validateValues to report.
  if (!Array.isArray(value) || (wanted !== undefined && value.length !== wanted)) {
    const got = Array.isArray(value) ? `${value.length} elements` : show(value);
    const elements = wanted === undefined ? '' : ` of ${show(wanted)} elements`;
    throw new SpaceError('OUT_OF_RANGE', `Parameter '${name}' must be an array${elements} ('${count}'), got ${got}`);
  }
  return value.flatMap((item: unknown, index) => declarationEntries(element, item, `${name}[${index}]`));
}

function checkedTree(tree: unknown, prefix: string): Tree {
  if (typeof tree === 'object' && tree !== null && !Array.isArray(tree)) return tree as Tree;
  const where = prefix === '' ? 'The parameters' : `Parameter '${prefix.slice(0, -1)}'`;
  throw new SpaceError('MISSING_VALUE', `${where} must be an object, got ${show(tree)}`);
}
