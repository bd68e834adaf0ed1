import { isDeepStrictEqual } from 'node:util';
import { isFinal, isIgnored, type TrialMarks, type TrialRecord } from '@assay/study';
import type { RunningTrial } from './study-snapshot.js';

/** After this long without a sign of life a running trial is shown as quiet. */
const QUIET_MS = 60_000;

interface Heard {
  readonly reports: number;
  readonly atMs: number;
}

/** How far a trial is: a store that was read meanwhile may know less of it than an event said. */
const RANKS = { waiting: 0, running: 1, complete: 2, pruned: 2, failed: 2 } as const;

function isOlder(trial: TrialRecord, known: TrialRecord): boolean {
  const byRank = RANKS[trial.state] - RANKS[known.state];
  return byRank < 0 || (byRank === 0 && (isFinal(known.state) || trial.reports.length < known.reports.length));
}

/** All trials of a study by number, and when something was last heard of each running one. */
export class TrialTable {
  readonly #trials: TrialRecord[] = [];
  readonly #heard = new Map<number, Heard>();
  #ended: readonly TrialRecord[] = [];
  #endedChanged = false;
  #counted: readonly TrialRecord[] = [];
  #countedOf: readonly TrialRecord[] = [];
  #marked: ReadonlySet<number> = new Set();
  #news: TrialRecord[] = [];
  #settled = 0;

  /** Takes a trial in. Returns whether it has just ended here: false for one that was never seen before. */
  put(trial: TrialRecord, nowMs: number): boolean {
    const known = this.#trials[trial.number];
    if (known !== undefined && isOlder(trial, known)) return false;
    this.#trials[trial.number] = trial;
    this.#hear(trial, nowMs);
    if (isFinal(trial.state)) {
      this.#endedChanged = true;
      this.#news.push(trial);
    }
    return known !== undefined && !isFinal(known.state) && isFinal(trial.state);
  }

  /** Takes in what people say of trials, by number. Returns whether that has changed anything. */
  mark(marks: ReadonlyMap<number, TrialMarks>): boolean {
    const changed = [...new Set([...this.#marked, ...marks.keys()])].filter((number) => {
      const trial = this.#trials[number];
      return trial !== undefined && !isDeepStrictEqual(trial.marks, marks.get(number));
    });
    for (const number of changed) {
      const { marks: _, ...rest } = this.#trials[number]!;
      const now = marks.get(number);
      this.#trials[number] = now === undefined ? rest : { ...rest, marks: now };
    }
    this.#marked = new Set(marks.keys());
    this.#endedChanged ||= changed.length > 0;
    return changed.length > 0;
  }

  /** Every trial with a lower number is known and has ended: a reader starts here. */
  get settled(): number {
    for (;;) {
      const trial = this.#trials[this.#settled];
      if (trial === undefined || !isFinal(trial.state)) return this.#settled;
      this.#settled += 1;
    }
  }

  /** Ascending by number; the same array until another trial ends. */
  get ended(): readonly TrialRecord[] {
    if (this.#endedChanged) this.#ended = this.#trials.filter(({ state }) => isFinal(state));
    this.#endedChanged = false;
    return this.#ended;
  }

  /** Those of `ended` that nobody ignores: the same array where that is all of them. */
  get counted(): readonly TrialRecord[] {
    const { ended } = this;
    if (this.#countedOf !== ended)
      this.#counted = ended.some(isIgnored) ? ended.filter((trial) => !isIgnored(trial)) : ended;
    this.#countedOf = ended;
    return this.#counted;
  }

  /** The trials that have ended since the last call, in no order. */
  takeNews(): readonly TrialRecord[] {
    const news = this.#news;
    this.#news = [];
    return news;
  }

  get waiting(): number {
    return this.#open.filter(({ state }) => state === 'waiting').length;
  }

  running(nowMs: number): readonly RunningTrial[] {
    return this.#open
      .filter(({ state }) => state === 'running')
      .map((trial) => {
        const silentMs = nowMs - (this.#heard.get(trial.number)?.atMs ?? nowMs);
        return { trial, quietMs: silentMs >= QUIET_MS ? silentMs : null };
      });
  }

  get #open(): readonly TrialRecord[] {
    return this.#trials.slice(this.settled).filter((trial) => trial !== undefined && !isFinal(trial.state));
  }

  #hear({ number, state, reports }: TrialRecord, atMs: number): void {
    if (state !== 'running') {
      this.#heard.delete(number);
    } else if (this.#heard.get(number)?.reports !== reports.length) {
      this.#heard.set(number, { reports: reports.length, atMs });
    }
  }
}
