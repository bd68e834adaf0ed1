/** How the `assay` commands that the screen shows begin and end. */
export interface CommandStyle {
  /** `assay`, `npx assay`. */
  readonly name: string;
  /** Flags that every command needs to find the study, such as `--store ...`; empty for none. */
  readonly flags: string;
  /** The whole command that goes on with the study. Default: `run` and the study's name, as for a built-in one. */
  readonly resume?: string;
}

/** `assay best taxifare --format args`: the command that does what a key does. */
export function assayCommand({ name, flags }: CommandStyle, verb: string, study: string, options = ''): string {
  return [name, verb, shellQuoted(study), options, flags].filter((part) => part !== '').join(' ');
}

/** Single quotes, unless every character is safe in any POSIX shell. */
function shellQuoted(text: string): string {
  return /^[A-Za-z0-9_.,:=+@%/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
