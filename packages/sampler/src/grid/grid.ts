import { isActive, type Parameter, type ParamValues, type Scalar, type SearchSpace } from '@assay/space';
import type { GridValues } from './finite-values.js';

/** All configurations of a finite space, each exactly once: conditional parameters multiply only the branches they are active in. */
export interface Grid {
  /** How many there are; exact up to 2^53. */
  readonly size: number;
  /** The configuration at a position from 0 to size - 1. */
  at(position: number): ParamValues;
}

/** A parameter with everything that depends on it. */
interface Node {
  readonly parameter: Parameter;
  readonly values: GridValues;
  readonly children: Node[];
  /** Configurations of the parameter and its active descendants. */
  size: number;
}

/** @param valuesOf the grid values of a parameter */
export function buildGrid(space: SearchSpace, valuesOf: (parameter: Parameter) => GridValues): Grid {
  const roots: Node[] = [];
  const nodes = new Map<string, Node>();
  for (const parameter of space) {
    const node: Node = { parameter, values: valuesOf(parameter), children: [], size: 0 };
    nodes.set(parameter.name, node);
    const siblings = parameter.condition === null ? roots : nodes.get(parameter.condition.parent)!.children;
    siblings.push(node);
  }
  for (const node of [...nodes.values()].reverse()) node.size = countFrom(node); // children stand behind their parents
  return {
    size: sizeOfAll(roots),
    at: (position) => {
      const chosen: Record<string, Scalar> = {};
      writeAll(roots, position, chosen);
      return inSpaceOrder(space, chosen);
    },
  };
}

function sizeOfAll(nodes: readonly Node[]): number {
  return nodes.reduce((product, node) => product * node.size, 1);
}

function countFrom(node: Node): number {
  if (node.children.length === 0) return node.values.count;
  let sum = 0;
  for (let i = 0; i < node.values.count; i++) sum += sizeOfAll(activeChildren(node, node.values.at(i)));
  return sum;
}

function activeChildren(node: Node, value: Scalar): readonly Node[] {
  const values = { [node.parameter.name]: value };
  return node.children.filter((child) => isActive(child.parameter, values));
}

/** Decodes a position as a number of mixed radix, one digit per independent subtree. */
function writeAll(nodes: readonly Node[], position: number, chosen: Record<string, Scalar>): void {
  let rest = position;
  for (const node of nodes) {
    writeNode(node, rest % node.size, chosen);
    rest = Math.floor(rest / node.size);
  }
}

function writeNode(node: Node, position: number, chosen: Record<string, Scalar>): void {
  if (node.children.length === 0) {
    chosen[node.parameter.name] = node.values.at(position);
    return;
  }
  let rest = position;
  for (let i = 0; i < node.values.count; i++) {
    const value = node.values.at(i);
    const children = activeChildren(node, value);
    const size = sizeOfAll(children);
    if (rest < size) {
      chosen[node.parameter.name] = value;
      writeAll(children, rest, chosen);
      return;
    }
    rest -= size;
  }
}

function inSpaceOrder(space: SearchSpace, chosen: ParamValues): ParamValues {
  const names = space.map(({ name }) => name).filter((name) => Object.hasOwn(chosen, name));
  return Object.fromEntries(names.map((name) => [name, chosen[name]!]));
}
