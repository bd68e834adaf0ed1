/** Uniform draws in [0, 1) with 32 random bits each. */
export interface RandomStream {
  next(): number;
}

/**
 * An independent stream for each key: the same seed and key give the same draws, whatever ran before.
 * Generator: sfc32 (Doty-Humphrey, PractRand); the key is mixed in with MurmurHash3's finalizer.
 * @param seed any safe integer
 * @param key what the stream is for, e.g. ('permutation', pass, shard)
 */
export function randomStream(seed: number, ...key: readonly (string | number)[]): RandomStream {
  let hash = mix(mix(0x9e3779b9, seed >>> 0), Math.floor(seed / 2 ** 32) >>> 0);
  for (const part of key) hash = typeof part === 'number' ? mix(hash, part >>> 0) : mixText(hash, part);
  return sfc32(hash, mix(hash, 1), mix(hash, 2), 1);
}

/** A uniformly random order of 0 .. count - 1 (Fisher and Yates, Durstenfeld's form). */
export function permutation(count: number, stream: RandomStream): Int32Array {
  const order = new Int32Array(count);
  for (let i = 0; i < count; i++) order[i] = i; // `from` with a callback takes as long as the shuffle
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(stream.next() * (i + 1));
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}

function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ value, 0x85ebca6b) ^ (hash >>> 13);
  h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function mixText(hash: number, text: string): number {
  let h = mix(hash, text.length);
  for (let i = 0; i < text.length; i++) h = mix(h, text.charCodeAt(i));
  return h;
}

function sfc32(a: number, b: number, c: number, counter: number): RandomStream {
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next();
  return { next };
}
