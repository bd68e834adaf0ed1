import type { Chunk } from './engine.js';
import type { RowShards } from './score-rows.js';

interface Reading {
  readonly index: number;
  readonly chunk: Promise<Chunk>;
}

/**
 * Reads the next shard while the engine works on this one, and keeps the one read last: several epochs on it read it once.
 * Memory holds two shards.
 */
export class ReadAhead {
  readonly #shards: RowShards;
  #current: Reading | null = null;
  #next: Reading | null = null;

  constructor(shards: RowShards) {
    this.#shards = shards;
  }

  /**
   * @param index the shard that is wanted
   * @param next the one that will be wanted after it; null when there is none
   */
  async read(index: number, next: number | null): Promise<Chunk> {
    this.#current = this.#known(index) ?? this.#begin(index);
    const chunk = await this.#current.chunk;
    this.#next = next === null || next === index ? null : (this.#known(next) ?? this.#begin(next));
    return chunk;
  }

  #known(index: number): Reading | null {
    return [this.#current, this.#next].find((reading) => reading?.index === index) ?? null;
  }

  #begin(index: number): Reading {
    const chunk = this.#shards.readShard(index);
    chunk.catch(() => undefined); // who waits for it hears of it; a shard that nobody asks for any more fails nobody
    return { index, chunk };
  }
}
