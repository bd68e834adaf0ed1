import type { Json } from '@assay/space';

/** What the sampler writes beside a trial, so that the search can be worked out again from the trials alone. */
export interface CmaEsNote extends Origin {
  /** The context's draw and which attempt at it: the key of the random numbers. */
  readonly draw: number;
  readonly attempt: number;
}

/** Which distribution a trial was drawn from. */
export interface Origin {
  /** Counted over all runs. */
  readonly generation: number;
  /**
   * The trials that the distribution was learnt from, as `numberRanges` of their numbers: in generation 0 those that it
   * starts at (none: the middle of the space), later a population of the trials before.
   */
  readonly from: string;
  /** A new run, although the one before had not ended: nothing around it was left to try. */
  readonly restart: boolean;
}

const KEY = 'cma-es';

export function writeNote({ generation, from, restart, draw, attempt }: CmaEsNote): Json {
  return { [KEY]: { generation, from, ...(restart && { restart }), draw, attempt } };
}

/** Null for what other samplers, or nobody, wrote. */
export function readNote(note: Json | null): CmaEsNote | null {
  const content = fieldsOf(fieldsOf(note)?.[KEY]);
  if (content === null) return null;
  const { generation, from, restart = false, draw, attempt } = content;
  if (!isCount(generation) || !isCount(draw) || !isCount(attempt) || typeof from !== 'string') return null;
  return { generation, from, restart: restart === true, draw, attempt };
}

function fieldsOf(json: Json | undefined): Readonly<Record<string, Json>> | null {
  return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, Json>) : null;
}

function isCount(json: Json | undefined): json is number {
  return Number.isSafeInteger(json) && (json as number) >= 0;
}
