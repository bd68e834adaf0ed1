/** Keeps the last result for as long as all that it was made from is the same, part by part and by identity. */
export class Memo<T> {
  #key: readonly unknown[] | null = null;
  #value: T | undefined;

  of(key: readonly unknown[], compute: () => T): T {
    if (!isSame(key, this.#key)) {
      this.#value = compute();
      this.#key = key;
    }
    return this.#value as T;
  }
}

/** Whether both have the same parts, by identity. */
export function isSame(key: readonly unknown[], other: readonly unknown[] | null): boolean {
  return key.length === other?.length && key.every((part, i) => part === other[i]);
}
