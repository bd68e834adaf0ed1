export const DEFAULT_STORE = '.assay/assay.db';

/** How the command is typed here: `assay`, or `npx assay` where npm or npx started this process, for then it is not on the PATH. */
export function commandName(env: NodeJS.ProcessEnv = process.env): string {
  return env.npm_config_user_agent === undefined ? 'assay' : 'npx assay';
}

/** Single quotes, unless every character is safe in any POSIX shell. */
export function shellQuoted(text: string): string {
  return /^[A-Za-z0-9_.,:=+@%/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
