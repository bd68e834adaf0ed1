import { PreprocessingError } from '../preprocessing-error.js';
import type { KeyColumn, KeyReader } from './category-key.js';

/** Two parts of up to this many keys fit into one exact number. */
const MOST_KEYS = 2 ** 26;

/**
 * Keys of pairs: both parts' keys are numbered as they come, and a pair is the number `first * 2^26 + second`, so that no text is
 * made for a row.
 */
export function pairReader(first: KeyReader, second: KeyReader, purpose: 'learn' | 'apply'): KeyReader {
  const [firsts, seconds] = [new Numbering(), new Numbering()];
  const numbersOf = (numbering: Numbering, keys: KeyColumn): Float64Array =>
    purpose === 'learn' ? numbering.numbers(keys) : numbering.lookUp(keys);
  return {
    keys: (table) => {
      const left = numbersOf(firsts, first.keys(table));
      const right = numbersOf(seconds, second.keys(table));
      return left.map((number, row) => number * MOST_KEYS + right[row]!);
    },
    nameOf: (key) => {
      const left = firsts.keyAt(Math.floor(Number(key) / MOST_KEYS));
      return pairName(first.nameOf(left), second.nameOf(seconds.keyAt(Number(key) % MOST_KEYS)));
    },
    keyOf: (name) => {
      const [left, right] = pairParts(name);
      return firsts.numberOf(first.keyOf(left)) * MOST_KEYS + seconds.numberOf(second.keyOf(right));
    },
  };
}

/** Numbers keys from 0 in the order in which they come. */
class Numbering {
  readonly #numbers = new Map<string | number, number>();
  readonly #keys: (string | number)[] = [];

  numberOf(key: string | number): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#keys.length === MOST_KEYS) {
      throw new PreprocessingError('BAD_OPTION', `a part of a pair has more than ${MOST_KEYS} different values`, {
        hint: 'Take hashed(...) for it, or a column with fewer values',
      });
    }
    this.#numbers.set(key, this.#keys.length);
    return this.#keys.push(key) - 1;
  }

  keyAt(number: number): string | number {
    return this.#keys[number]!;
  }

  /** The number of every key, new ones too; NaN for a missing one. */
  numbers(keys: KeyColumn): Float64Array {
    return eachOf(keys, (key) => (isMissingKey(key) ? Number.NaN : this.numberOf(key)));
  }

  /** The number of every key that has one, else NaN. */
  lookUp(keys: KeyColumn): Float64Array {
    return eachOf(keys, (key) => this.#numbers.get(key) ?? Number.NaN);
  }
}

function eachOf(keys: KeyColumn, numberOf: (key: string | number) => number): Float64Array {
  const numbers = new Float64Array(keys.length);
  for (let row = 0; row < numbers.length; row++) numbers[row] = numberOf(keys[row]!);
  return numbers;
}

/** Empty text or NaN. */
export function isMissingKey(key: string | number): boolean {
  return key === '' || Number.isNaN(key);
}

/** `a|b`; a bar or backslash within a part gets a backslash, so that no two pairs share a name. */
export function pairName(first: string, second: string): string {
  return [first, second].map((part) => part.replaceAll(/[\\|]/g, '\\$&')).join('|');
}

/** The parts of {@link pairName}. */
export function pairParts(name: string): readonly [string, string] {
  const [, first = '', second = ''] = /^((?:[^\\|]|\\.)*)\|(.*)$/s.exec(name) ?? [];
  const unescaped = (part: string): string => part.replaceAll(/\\(.)/gs, '$1');
  return [unescaped(first), unescaped(second)];
}
