import { textHash } from '../row-hash.js';

/** A bucket 0 .. buckets - 1 for each text by its MurmurHash3; NaN for an empty one. */
export function hashBuckets(texts: readonly string[], buckets: number): Float64Array {
  const found = new Float64Array(texts.length);
  for (let i = 0; i < found.length; i++) {
    const text = texts[i]!;
    found[i] = text === '' ? Number.NaN : textHash(text) % buckets;
  }
  return found;
}
