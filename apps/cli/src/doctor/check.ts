/** One thing that Assay can use, and how it is on this machine. */
export interface Check {
  readonly name: string;
  /** `missing`: not there, and nothing is wrong with that. `broken`: it should work and does not. */
  readonly state: 'ok' | 'missing' | 'broken';
  /** Nothing works without it. */
  readonly required: boolean;
  /** What is there, or why not and what to do. */
  readonly detail: string;
}

/** The first line of an error's message. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
