import { closest, distance } from 'fastest-levenshtein';

/** The known name that somebody most likely meant: at most a third of its letters differ. Null where none is that near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const lower = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]));
  const nearest = closest(name.toLowerCase(), [...lower.keys()]);
  return distance(name.toLowerCase(), nearest) <= Math.max(1, nearest.length / 3) ? lower.get(nearest)! : null;
}
