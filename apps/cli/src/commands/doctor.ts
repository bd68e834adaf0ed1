import type { Check } from '../doctor/check.js';
import { checkEngines } from '../doctor/engine-checks.js';
import { checkMachine, checkNode, checkTerminal } from '../doctor/machine-checks.js';
import { checkData, checkSqlite, checkStore } from '../doctor/storage-checks.js';
import { EXIT } from '../exit-code.js';
import { formatTable } from '../format/table.js';

/** `assay doctor`: what is installed, what is not, and why. Fails only where something required is broken. */
export async function doctor(options: { readonly json?: true }): Promise<void> {
  const { env } = process;
  const checks = [
    checkNode(process.versions.node),
    checkMachine(),
    await checkSqlite(),
    await checkStore(env.ASSAY_STORE),
    ...(await checkEngines()),
    await checkData(env.ASSAY_DATA),
    checkTerminal(process.stdout, env),
  ];
  process.stdout.write(options.json ? `${JSON.stringify(checks, null, 2)}\n` : checkTable(checks));
  if (isBroken(checks)) process.exitCode = EXIT.failed;
}

export function isBroken(checks: readonly Check[]): boolean {
  return checks.some(({ state, required }) => required && state === 'broken');
}

const STATES: Readonly<Record<Check['state'], string>> = { ok: 'ok', missing: 'not there', broken: 'BROKEN' };

function checkTable(checks: readonly Check[]): string {
  return formatTable(
    [{ title: 'what' }, { title: 'state' }, { title: '' }],
    checks.map(({ name, state, detail }) => [name, STATES[state], detail]),
  );
}
