import type { ParamValues, Scalar } from '@assay/space';
import { stringify } from 'yaml';
import { shellQuoted } from '../command-style.js';
import { formatJson } from './json.js';
import { formatNumber } from './number.js';
import { formatTable } from './table.js';

export const PARAM_FORMATS = ['table', 'json', 'yaml', 'env', 'args'] as const;
export type ParamFormat = (typeof PARAM_FORMATS)[number];

/** Parameters for a person, a program or a shell; ends with a newline. */
export function formatParams(params: ParamValues, format: ParamFormat): string {
  const entries = Object.entries(params);
  switch (format) {
    case 'table':
      return formatTable(
        [{ title: 'parameter' }, { title: 'value' }],
        entries.map(([name, value]) => [name, plain(value)]),
      );
    case 'json':
      return formatJson(params);
    case 'yaml':
      return stringify(params);
    case 'env':
      return entries.map(([name, value]) => `${envName(name)}=${shellQuoted(plain(value))}\n`).join('');
    case 'args':
      return `${entries.map(([name, value]) => shellQuoted(`--${name}=${plain(value)}`)).join(' ')}\n`;
  }
}

/** `lr=0.01 optimizer=adam`: short, for tables. */
export function paramsLine(params: ParamValues): string {
  return Object.entries(params)
    .map(([name, value]) => `${name}=${typeof value === 'number' ? formatNumber(value) : String(value)}`)
    .join(' ');
}

const plain = (value: Scalar): string => (value === null ? 'null' : String(value));

/** `optimizer.sgd.momentum` becomes `OPTIMIZER_SGD_MOMENTUM`, `units[0]` becomes `UNITS_0`. A shell's names start with no digit. */
function envName(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, '_')
    .toUpperCase();
}
