import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StudyRecord, StudyStore, TrialRecord } from '@assay/study';
import type { StudyModel } from './study-model.js';

/** How many trials are read at a time: keys are answered, and frames drawn, in between. */
const AT_A_TIME = 5_000;

/** How many of a large study's newest trials are shown before the others are read. */
const NEWEST = 50;

/** Brings a model up to date with a store, from the first trial that has not ended, again and again. */
export class TrialReader {
  readonly #store: StudyStore;
  readonly #model: StudyModel;
  readonly #open: () => Promise<boolean>;
  /** What was last seen of each page that may still change, by its first trial. */
  #seen = new Map<number, string>();
  #hasGlanced = false;
  #isClosed = false;
  #problem = '';

  /** @param open makes sure that the model has its study; false while it has none */
  constructor(store: StudyStore, model: StudyModel, open: () => Promise<boolean>) {
    this.#store = store;
    this.#model = model;
    this.#open = open;
  }

  /** Reads every `pollMs`, the first time at once. Returns the call that ends it. */
  start(pollMs: number, onChange: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const poll = async (): Promise<void> => {
      if (await this.#read(onChange)) onChange();
      if (!this.#isClosed) timer = setTimeout(() => void poll(), pollMs);
    };
    void poll();
    return () => {
      this.#isClosed = true;
      clearTimeout(timer);
    };
  }

  /** Never rejects: that a store cannot be read is said once. Returns whether anything has changed since `onChange`. */
  async #read(onChange: () => void): Promise<boolean> {
    try {
      const hasChanged = await this.#readNew(onChange);
      if (this.#problem === '') return hasChanged;
      this.#problem = '';
      this.#model.say('the store can be read again');
      return true;
    } catch (error) {
      const problem = `cannot read the store: ${error instanceof Error ? error.message : error}`;
      if (problem === this.#problem) return false;
      this.#problem = problem;
      this.#model.say(problem, 'error');
      return true;
    }
  }

  async #readNew(onChange: () => void): Promise<boolean> {
    if (!(await this.#open()) || this.#model.study === null) return false;
    const { study } = this.#model;
    await this.#glance(study, onChange);
    const hasNews = await this.#readPages(study, onChange);
    const isRemarked = this.#model.mark(await this.#store.readMarks(study.id));
    return hasNews || isRemarked;
  }

  async #readPages({ id }: StudyRecord, onChange: () => void): Promise<boolean> {
    const seen = new Map<number, string>();
    let hasNews = false;
    for (let from = this.#model.trials.settled; ; from += AT_A_TIME) {
      const trials = await this.#store.readTrials(id, { from, limit: AT_A_TIME });
      const now = trials.map(signOf).join(' ');
      seen.set(from, now);
      if (now !== (this.#seen.get(from) ?? '')) {
        for (const trial of trials) this.#model.put(trial);
        hasNews = true;
      }
      if (trials.length < AT_A_TIME || this.#isClosed) break;
      onChange();
      await nextTurn();
    }
    this.#seen = seen;
    this.#model.expected = null;
    return hasNews;
  }

  /** Of a large study first what people look for: how many trials there are, the best, the newest. */
  async #glance({ id, definition }: StudyRecord, onChange: () => void): Promise<void> {
    if (this.#hasGlanced) return;
    this.#hasGlanced = true;
    const counts = await this.#store.countTrials(id);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (this.#model.trials.settled > 0 || total <= AT_A_TIME) return;
    const [best] = (definition?.confirms ?? null) === null ? await this.#store.rankTrials(id, { limit: 1 }) : [];
    for (const from of [0, ...(best === undefined ? [] : [best.number])]) await this.#show(id, from, 1);
    await this.#show(id, total - NEWEST, NEWEST);
    this.#model.expected = counts;
    this.#model.say(`reading ${total} trials; the best and the newest are here already`);
    onChange();
    await nextTurn();
  }

  async #show(studyId: number, from: number, limit: number): Promise<void> {
    for (const trial of await this.#store.readTrials(studyId, { from, limit })) this.#model.put(trial);
  }
}

/** What changes of a trial while it is not final. */
function signOf({ number, state, reports, params }: TrialRecord): string {
  return [number, state, reports.length, Object.keys(params).length].join(':');
}
