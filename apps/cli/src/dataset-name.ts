import { CliError } from './cli-error.js';

/** @throws {CliError} `BAD_OPTION` for any dataset but taxifare */
export function requireTaxifare(dataset: string): void {
  if (dataset === 'taxifare') return;
  throw new CliError('BAD_OPTION', `There is no dataset '${dataset}' to generate or download; there is taxifare.`);
}
