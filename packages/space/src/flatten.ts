import { checkedDistribution } from './checked-distribution.js';
import { type Choice, type Declaration, type Group, isGroup, type Repeat } from './declaration.js';
import type { Distribution } from './distribution.js';
import type { Condition, Parameter, SearchSpace } from './search-space.js';
import { SpaceError } from './space-error.js';

/** Names that a decoded object cannot hold as plain properties, or that a flat name could not be told apart with. */
const BAD_NAME = /^$|^__proto__$|[.[\]]/;

/** Optuna's column for parameter names (`trial_params.param_name`). */
const MAX_NAME_LENGTH = 512;

/** Every element of a repeat is a parameter of its own for the sampler, so a count without a sensible bound is a mistake. */
const MAX_REPEAT = 1000;

/**
 * The parameters of declarations, parents before children: `optimizer`, `optimizer.sgd.momentum`, `units[0]`, `blocks[0].width`.
 * @throws {SpaceError} naming the parameter
 */
export function flatten(group: Group): SearchSpace {
  return flattenGroup(group, '', null);
}

function flattenGroup(group: Group, prefix: string, condition: Condition | null): Parameter[] {
  return countsFirst(group).flatMap((key) => {
    const name = checkedName(prefix, key);
    const declaration = group[key]!;
    return declaration.kind === 'repeat'
      ? flattenRepeat(declaration as Repeat, name, prefix, group)
      : flattenDeclaration(declaration as Exclude<Declaration, Repeat>, name, condition);
  });
}

/** The group's keys in their order, but a repeat's count before the repeat. */
function countsFirst(group: Group): string[] {
  const keys = Object.entries(group).flatMap(([key, declaration]) =>
    declaration.kind === 'repeat' && Object.hasOwn(group, (declaration as Repeat).count)
      ? [(declaration as Repeat).count, key]
      : [key],
  );
  return [...new Set(keys)];
}

function flattenDeclaration(
  declaration: Distribution | Choice | Group,
  name: string,
  condition: Condition | null,
): Parameter[] {
  if (isGroup(declaration)) return flattenGroup(declaration, `${name}.`, condition);
  if (declaration.kind === 'choice') return flattenChoice(declaration, name, condition);
  return [{ name, distribution: checkedDistribution(`Parameter '${name}'`, declaration), condition }];
}

function flattenChoice({ branches }: Choice, name: string, condition: Condition | null): Parameter[] {
  const choices = Object.keys(branches);
  const distribution = checkedDistribution(`Parameter '${name}'`, { kind: 'categorical', choices });
  const children = choices.flatMap((branch) => {
    const prefix = `${checkedName(`${name}.`, branch)}.`;
    if (Object.hasOwn(branches[branch]!, 'kind')) {
      throw new SpaceError(
        'BAD_NAME',
        `Parameter '${prefix}kind': 'kind' names the branch itself; choose another name`,
      );
    }
    return flattenGroup(branches[branch]!, prefix, { kind: 'equals', parent: name, value: branch });
  });
  return [{ name, distribution, condition }, ...children];
}

function flattenRepeat({ count, element }: Repeat, name: string, prefix: string, beside: Group): Parameter[] {
  const parent = prefix + count;
  const counted = Object.hasOwn(beside, count) ? beside[count] : undefined;
  if (counted?.kind !== 'int') {
    throw new SpaceError(
      'BAD_REPEAT',
      `Parameter '${name}': repeat needs an int parameter '${count}' in the same object`,
    );
  }
  const { low, high } = checkedDistribution(`Parameter '${parent}'`, counted as Distribution) as {
    low: number;
    high: number;
  };
  if (low < 0 || high > MAX_REPEAT) {
    throw new SpaceError(
      'BAD_REPEAT',
      `Parameter '${parent}' counts '${name}', so it must lie in [0, ${MAX_REPEAT}], got [${low}, ${high}]`,
    );
  }
  return Array.from({ length: high }, (_, index) =>
    flattenDeclaration(element, `${name}[${index}]`, { kind: 'above', parent, index }),
  ).flat();
}

function checkedName(prefix: string, key: string): string {
  const name = prefix + key;
  if (BAD_NAME.test(key)) {
    throw new SpaceError(
      'BAD_NAME',
      `Parameter '${name}': a name must not be empty or '__proto__' nor contain . [ or ], got '${key}'`,
    );
  }
  if (name.length > MAX_NAME_LENGTH) {
    throw new SpaceError(
      'BAD_NAME',
      `Parameter '${name}': a name has at most ${MAX_NAME_LENGTH} characters, got ${name.length}`,
    );
  }
  return name;
}
