import { maskUrl } from '@assay/store';
import { commandName, DEFAULT_STORE, shellQuoted } from './command-style.js';

/** How the `assay` commands in hints are to be typed here. */
export interface CommandStyle {
  readonly name: string;
  /** What every command needs to find the same store; empty where the default or the environment says it. */
  readonly flags: string;
}

/** @param store the store as it was given, or its own URL; a password in it is masked, in hints as everywhere */
export function commandStyle(store: string, env: NodeJS.ProcessEnv = process.env): CommandStyle {
  const unsaid = env.ASSAY_STORE ?? DEFAULT_STORE;
  const known = [maskUrl(unsaid), `sqlite:///${unsaid}`];
  const shown = maskUrl(store);
  return { name: commandName(env), flags: known.includes(shown) ? '' : `--store ${shellQuoted(shown)}` };
}

/** `assay best my --store my.db`: a command on the same store. Words are quoted already; empty ones are left out. */
export function storeCommand(store: string, ...words: readonly string[]): string {
  const { name, flags } = commandStyle(store);
  return [name, ...words, flags].filter((word) => word !== '').join(' ');
}
