import type { EpochKey } from './batch-plan.js';
import type { Chunk } from './engine.js';
import { permutation, type RandomStream, randomStream } from './random-stream.js';
import { ReadAhead } from './read-ahead.js';
import type { RowShards } from './score-rows.js';
import type { VisitPlan } from './visit-plan.js';

/**
 * The rows of each visit of a plan. Shards that a pass visits one after the other, at most `mixedShards` of them, are read
 * together and their rows dealt anew: files are often sorted, and a shard of a sorted file is no sample of the rows. The next group
 * is read while the engine works on this one; memory holds two groups, and a third while one is dealt.
 */
export class MixedShards {
  readonly #visits: readonly EpochKey[];
  readonly #shardCount: number;
  readonly #epochsPerShard: number;
  readonly #groupsPerPass: number;
  readonly #groupCount: number;
  readonly #groups: ReadAhead<readonly Chunk[]>;

  /** @param visits of this plan, over all of these shards */
  constructor(shards: RowShards, { mixedShards = 1, epochsPerShard, passes }: VisitPlan, visits: readonly EpochKey[]) {
    this.#visits = visits;
    this.#shardCount = shards.shardCount;
    this.#epochsPerShard = epochsPerShard;
    this.#groupsPerPass = Math.ceil(shards.shardCount / mixedShards);
    this.#groupCount = passes * this.#groupsPerPass;
    this.#groups = new ReadAhead((group) => this.#readGroup(shards, group));
  }

  /** @param made visits that were made before */
  async read(made: number): Promise<Chunk> {
    const slot = Math.floor(made / this.#epochsPerShard);
    const [pass, at] = [Math.floor(slot / this.#shardCount), slot % this.#shardCount];
    const inPass = Math.floor((at * this.#groupsPerPass) / this.#shardCount);
    const group = pass * this.#groupsPerPass + inPass;
    const chunks = await this.#groups.read(group, group + 1 < this.#groupCount ? group + 1 : null);
    return chunks[at - this.#firstOf(inPass)]!;
  }

  async #readGroup(shards: RowShards, group: number): Promise<readonly Chunk[]> {
    const [pass, inPass] = [Math.floor(group / this.#groupsPerPass), group % this.#groupsPerPass];
    const members = range(this.#firstOf(inPass), this.#firstOf(inPass + 1)).map(
      (at) => this.#visits[(pass * this.#shardCount + at) * this.#epochsPerShard]!,
    );
    const chunks = await Promise.all(members.map(({ shard }) => shards.readShard(shard)));
    return mixRows(chunks, randomStream(members[0]!.seed, 'mixed rows', pass, inPass));
  }

  /** Place in the pass of a group's first shard. Groups of a pass differ by one shard at most. */
  #firstOf(inPass: number): number {
    return Math.ceil((inPass * this.#shardCount) / this.#groupsPerPass);
  }
}

/** Deals the rows of some chunks at random into as many chunks of the same sizes; one alone stays as it is. */
export function mixRows(chunks: readonly Chunk[], stream: RandomStream): readonly Chunk[] {
  if (chunks.length === 1) return chunks;
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const width = chunks[0]!.x.length / chunks[0]!.rows;
  const [x, y] = [new Float32Array(rows * width), new Float32Array(rows)];
  const places = permutation(rows, stream);
  let dealt = 0;
  for (const chunk of chunks) {
    dealRows(chunk, width, places.subarray(dealt, dealt + chunk.rows), x, y);
    dealt += chunk.rows;
  }
  let end = 0;
  return chunks.map((chunk) => {
    const start = end;
    end += chunk.rows;
    return { rows: chunk.rows, x: x.subarray(start * width, end * width), y: y.subarray(start, end) };
  });
}

/** @param places where each row goes */
function dealRows(chunk: Chunk, width: number, places: Int32Array, x: Float32Array, y: Float32Array): void {
  for (let row = 0, from = 0; row < chunk.rows; row++) {
    const place = places[row]!;
    y[place] = chunk.y[row]!;
    for (let to = place * width; to < (place + 1) * width; to++) x[to] = chunk.x[from++]!;
  }
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
