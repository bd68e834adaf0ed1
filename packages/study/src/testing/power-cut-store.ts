import type { StudyStore } from '../study-store.js';

/** The process that held the store is dead; nothing it still does reaches the data. */
export class PowerCut extends Error {
  override readonly name = 'PowerCut';
}

/** Where the power goes: before the k-th call of the store takes effect, or after, when only the answer is lost. */
export interface Cut {
  readonly call: number;
  readonly when: 'before' | 'after';
}

/** A store as a process sees it that dies at a given call, counted from 0. */
export class PowerCutStore implements StudyStore {
  readonly url = 'memory:';
  readonly readOnly = null;
  readonly #store: StudyStore;
  readonly #cut: Cut;
  #calls = 0;

  constructor(store: StudyStore, cut: Cut) {
    this.#store = store;
    this.#cut = cut;
  }

  get calls(): number {
    return this.#calls;
  }

  readonly createStudy: StudyStore['createStudy'] = (...args) => this.#pass(() => this.#store.createStudy(...args));
  readonly findStudy: StudyStore['findStudy'] = (...args) => this.#pass(() => this.#store.findStudy(...args));
  readonly listStudies: StudyStore['listStudies'] = () => this.#pass(() => this.#store.listStudies());
  readonly readTrials: StudyStore['readTrials'] = (...args) => this.#pass(() => this.#store.readTrials(...args));
  readonly changeSampling: StudyStore['changeSampling'] = (...args) =>
    this.#pass(() => this.#store.changeSampling(...args));
  readonly readPrior: StudyStore['readPrior'] = (...args) => this.#pass(() => this.#store.readPrior(...args));
  readonly enqueueTrial: StudyStore['enqueueTrial'] = (...args) => this.#pass(() => this.#store.enqueueTrial(...args));
  readonly claimTrial: StudyStore['claimTrial'] = (...args) => this.#pass(() => this.#store.claimTrial(...args));
  readonly writeParams: StudyStore['writeParams'] = (...args) => this.#pass(() => this.#store.writeParams(...args));
  readonly writeReports: StudyStore['writeReports'] = (...args) => this.#pass(() => this.#store.writeReports(...args));
  readonly writeRungs: StudyStore['writeRungs'] = (...args) => this.#pass(() => this.#store.writeRungs(...args));
  readonly finishTrial: StudyStore['finishTrial'] = (...args) => this.#pass(() => this.#store.finishTrial(...args));
  readonly renewLeases: StudyStore['renewLeases'] = (...args) => this.#pass(() => this.#store.renewLeases(...args));
  readonly reapTrials: StudyStore['reapTrials'] = (...args) => this.#pass(() => this.#store.reapTrials(...args));
  readonly countTrials: StudyStore['countTrials'] = (...args) => this.#pass(() => this.#store.countTrials(...args));
  readonly rankTrials: StudyStore['rankTrials'] = (...args) => this.#pass(() => this.#store.rankTrials(...args));
  readonly readMarks: StudyStore['readMarks'] = (...args) => this.#pass(() => this.#store.readMarks(...args));
  readonly markTrial: StudyStore['markTrial'] = (...args) => this.#pass(() => this.#store.markTrial(...args));
  readonly readStudyAttributes: StudyStore['readStudyAttributes'] = (...args) =>
    this.#pass(() => this.#store.readStudyAttributes(...args));
  readonly importStudy: StudyStore['importStudy'] = (...args) => this.#pass(() => this.#store.importStudy(...args));
  readonly importTrials: StudyStore['importTrials'] = (...args) => this.#pass(() => this.#store.importTrials(...args));
  readonly renameStudy: StudyStore['renameStudy'] = (...args) => this.#pass(() => this.#store.renameStudy(...args));
  readonly deleteStudy: StudyStore['deleteStudy'] = (...args) => this.#pass(() => this.#store.deleteStudy(...args));
  readonly close: StudyStore['close'] = () => this.#pass(() => this.#store.close());

  async #pass<T>(call: () => Promise<T>): Promise<T> {
    const number = this.#calls++;
    if (number > this.#cut.call || (number === this.#cut.call && this.#cut.when === 'before')) throw new PowerCut();
    const answer = await call();
    if (number === this.#cut.call) throw new PowerCut();
    return answer;
  }
}
