/** How the `assay` commands in hints are to be typed here. */
export interface CommandStyle {
  /** `assay`, or `npx assay` where npm or npx started this process: then the command is not on the PATH. */
  readonly name: string;
  /** What every command needs to find the same store; empty where the default or the environment says it. */
  readonly flags: string;
}

export const DEFAULT_STORE = '.assay/assay.db';

/** @param store the store as it was given */
export function commandStyle(store: string, env: NodeJS.ProcessEnv = process.env): CommandStyle {
  return {
    name: commandName(env),
    flags: store === DEFAULT_STORE || store === env.ASSAY_STORE ? '' : `--store ${shellQuoted(store)}`,
  };
}

/** How the command is typed here. */
export function commandName(env: NodeJS.ProcessEnv = process.env): string {
  return env.npm_config_user_agent === undefined ? 'assay' : 'npx assay';
}

/** Single quotes, unless every character is safe in any POSIX shell. */
export function shellQuoted(text: string): string {
  return /^[A-Za-z0-9_.,:=+@%/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
