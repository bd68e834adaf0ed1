interface Reading<T> {
  readonly index: number;
  readonly part: Promise<T>;
}

/**
 * Reads the next part of something while the engine works on this one, and keeps the one read last: several epochs on it read it
 * once. Memory holds two parts.
 */
export class ReadAhead<T> {
  readonly #readPart: (index: number) => Promise<T>;
  #current: Reading<T> | null = null;
  #next: Reading<T> | null = null;

  constructor(readPart: (index: number) => Promise<T>) {
    this.#readPart = readPart;
  }

  /**
   * @param index the part that is wanted
   * @param next the one that will be wanted after it; null when there is none
   */
  async read(index: number, next: number | null): Promise<T> {
    this.#current = this.#known(index) ?? this.#begin(index);
    const part = await this.#current.part;
    this.#next = next === null || next === index ? null : (this.#known(next) ?? this.#begin(next));
    return part;
  }

  #known(index: number): Reading<T> | null {
    return [this.#current, this.#next].find((reading) => reading?.index === index) ?? null;
  }

  #begin(index: number): Reading<T> {
    const part = this.#readPart(index);
    part.catch(() => undefined); // who waits for it hears of it; a part that nobody asks for any more fails nobody
    return { index, part };
  }
}
