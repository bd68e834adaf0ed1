import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CategoricalDistribution, categorical, type IntDistribution, int, type ParamValues } from '@assay/space';
import type { Problem } from './problem.js';

/** One entry of `tables.json`. */
interface TableDescription {
  readonly name: string;
  readonly file: string;
  readonly params: readonly TableParameter[];
  readonly optimum: number;
}

type TableParameter =
  | { readonly name: string; readonly type: 'int'; readonly low: number; readonly high: number }
  | { readonly name: string; readonly type: 'cat'; readonly choices: readonly string[] };

/** Tables of real training results in a folder with `tables.json`: every configuration was trained once and for all. */
export function readTables(folder: string): readonly Problem[] {
  const { tables } = JSON.parse(readFileSync(join(folder, 'tables.json'), 'utf8')) as {
    readonly tables: readonly TableDescription[];
  };
  return tables.map((table) => tableProblem(table, readNpy(join(folder, table.file))));
}

function tableProblem({ name, params, optimum }: TableDescription, values: Float64Array): Problem {
  const parameters = params.map((param) => ({
    name: param.name,
    distribution: distributionOf(param),
    condition: null,
  }));
  return { name, parameters, optimum, loss: (given) => values[rowOf(params, given)]! };
}

function distributionOf(param: TableParameter): IntDistribution | CategoricalDistribution {
  switch (param.type) {
    case 'int':
      return int(param.low, param.high);
    case 'cat':
      return categorical(param.choices);
  }
}

/** Mixed radix, the first parameter counting most. */
function rowOf(params: readonly TableParameter[], given: ParamValues): number {
  return params.reduce((row, param) => row * levelsOf(param) + levelOf(param, given[param.name]), 0);
}

function levelsOf(param: TableParameter): number {
  switch (param.type) {
    case 'int':
      return param.high - param.low + 1;
    case 'cat':
      return param.choices.length;
  }
}

function levelOf(param: TableParameter, value: ParamValues[string] | undefined): number {
  switch (param.type) {
    case 'int':
      return (value as number) - param.low;
    case 'cat':
      return param.choices.indexOf(value as string);
  }
}

/** A one-dimensional array of little-endian float64 in NumPy's format, version 1. */
function readNpy(file: string): Float64Array {
  const bytes = readFileSync(file);
  const start = 10 + bytes.readUInt16LE(8);
  if (!bytes.toString('latin1', 10, start).includes("'descr': '<f8'")) throw new Error(`${file} holds no float64`);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + bytes.length));
}
