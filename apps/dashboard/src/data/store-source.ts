import type { StudyStore } from '@assay/study';
import type { Goal } from './progress.js';
import { SnapshotPublisher } from './snapshot-publisher.js';
import type { SnapshotSource } from './snapshot-source.js';
import { StudyModel } from './study-model.js';
import type { Fact } from './study-snapshot.js';

export interface StoreSourceOptions {
  /** Shown before those that are stored with the study. */
  readonly facts?: readonly Fact[];
  readonly goal?: Goal | null;
  /** Default: one second. */
  readonly pollMs?: number;
  /** Unix time, milliseconds. Default: the clock. */
  readonly now?: () => number;
}

const POLL_MS = 1_000;

/** The snapshots of a study that runs elsewhere: reads the store again and again, from the first trial that has not ended. */
export function storeSource(store: StudyStore, studyName: string, options: StoreSourceOptions = {}): SnapshotSource {
  const { facts = [], goal = null, pollMs = POLL_MS, now = Date.now } = options;
  const model = new StudyModel({ mode: 'watch', facts, goal, deadlineMs: null, now });
  const publisher = new SnapshotPublisher(
    () => model.snapshot(),
    () => model.ticks,
  );
  const reader = new StoreReader(store, studyName, model);
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const poll = async (): Promise<void> => {
    if (await reader.read()) publisher.touch();
    if (!closed) timer = setTimeout(() => void poll(), pollMs);
  };
  void poll();
  return {
    subscribe: publisher.subscribe,
    getSnapshot: publisher.getSnapshot,
    close() {
      closed = true;
      clearTimeout(timer);
      publisher.close();
    },
  };
}

class StoreReader {
  readonly #store: StudyStore;
  readonly #name: string;
  readonly #model: StudyModel;
  #seen = '';
  #problem = '';

  constructor(store: StudyStore, name: string, model: StudyModel) {
    this.#store = store;
    this.#name = name;
    this.#model = model;
  }

  /** Never rejects: a store that cannot be read is said once, and read again. Returns whether anything has changed. */
  async read(): Promise<boolean> {
    try {
      const changed = await this.#readNew();
      if (this.#problem !== '') this.#model.say('the store can be read again');
      this.#problem = '';
      return changed;
    } catch (error) {
      const problem = `cannot read the store: ${error instanceof Error ? error.message : error}`;
      if (problem === this.#problem) return false;
      this.#problem = problem;
      this.#model.say(problem, 'error');
      return true;
    }
  }

  async #readNew(): Promise<boolean> {
    if (this.#model.study === null && !(await this.#open())) return false;
    const { trials } = this.#model;
    const from = trials.settled;
    const fresh = await this.#store.readTrials(this.#model.study!.id, from);
    const seen = fresh.map(({ number, state, reports, params }) =>
      [number, state, reports.length, Object.keys(params).length].join(':'),
    );
    const sight = `${from} ${seen.join(' ')}`;
    if (sight === this.#seen) return false;
    this.#seen = sight;
    for (const trial of fresh) this.#model.put(trial);
    this.#model.startedMs ??= firstStart(fresh);
    const runs = fresh.some(({ state }) => state === 'running');
    if (runs !== (this.#model.phase.kind === 'running')) this.#model.enter({ kind: runs ? 'running' : 'idle' });
    return true;
  }

  async #open(): Promise<boolean> {
    const study = await this.#store.findStudy(this.#name);
    if (study === null) throw new Error(`there is no study '${this.#name}' in ${this.#store.url}`);
    this.#model.study = study;
    const stored = Object.entries(study.definition?.facts ?? {}).map(([label, value]) => ({
      label,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));
    this.#model.facts = [...this.#model.facts, ...stored];
    return true;
  }
}

function firstStart(trials: readonly { readonly startedMs: number | null }[]): number | null {
  const starts = trials.flatMap(({ startedMs }) => startedMs ?? []);
  return starts.length === 0 ? null : Math.min(...starts);
}
