import type { StudyStore } from '@assay/study';
import type { StudyModel } from './study-model.js';

/** Brings a model up to date with a store, from the first trial that has not ended, again and again. */
export class TrialReader {
  readonly #store: StudyStore;
  readonly #model: StudyModel;
  readonly #open: () => Promise<boolean>;
  #seen = '';
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
    let isClosed = false;
    const poll = async (): Promise<void> => {
      if (await this.read()) onChange();
      if (!isClosed) timer = setTimeout(() => void poll(), pollMs);
    };
    void poll();
    return () => {
      isClosed = true;
      clearTimeout(timer);
    };
  }

  /** Never rejects: that a store cannot be read is said once. Returns whether anything has changed. */
  async read(): Promise<boolean> {
    try {
      const hasChanged = await this.#readNew();
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

  async #readNew(): Promise<boolean> {
    if (!(await this.#open()) || this.#model.study === null) return false;
    const from = this.#model.trials.settled;
    const trials = await this.#store.readTrials(this.#model.study.id, { from });
    const states = trials.map(({ number, state, reports, params }) =>
      [number, state, reports.length, Object.keys(params).length].join(':'),
    );
    const seen = `${from} ${states.join(' ')}`;
    const hasNews = seen !== this.#seen;
    this.#seen = seen;
    if (hasNews) for (const trial of trials) this.#model.put(trial);
    const isRemarked = this.#model.mark(await this.#store.readMarks(this.#model.study.id));
    return hasNews || isRemarked;
  }
}
