import type { Tone } from '../draw/line.js';
import type { PanelId, Preset } from './layout.js';
import type { Sort } from './trial-order.js';

/** What a person is asked before something is stopped. */
export type Question = { readonly kind: 'stop-trial'; readonly number: number } | { readonly kind: 'quit' };

/** What the last key came to. */
export interface Notice {
  readonly text: string;
  /** The `assay` command that does the same. */
  readonly command: string | null;
  readonly tone: Tone;
  /** Unix time, milliseconds. */
  readonly atMs: number;
}

/** Everything about the screen that is not about the study: plain data, changed by keys. */
export interface ViewState {
  readonly screen: 'overview' | 'trial' | 'help';
  readonly preset: Preset;
  readonly focus: PanelId;
  readonly sort: Sort;
  readonly filter: string;
  /** True while the filter, or what is sought in the help, is being typed. */
  readonly isTyping: boolean;
  /** What the help is narrowed down to. */
  readonly sought: string;
  /** The chosen trial of the table, by number; null for none yet. */
  readonly chosen: number | null;
  /** The last row of the table stays chosen as trials arrive. */
  readonly isFollowing: boolean;
  /** The first row of the table that is drawn. */
  readonly top: number;
  /** The chosen running trial, by number. */
  readonly chosenRunning: number | null;
  /** The chosen trial of the front, by number. */
  readonly chosenFront: number | null;
  /** Which of the study's charts is drawn, which two objectives span it, and what parameters are weighed for: these count on. */
  readonly chart: number;
  readonly pair: number;
  readonly target: number;
  /** How far the log is scrolled up from its end. */
  readonly logUp: number;
  /** The trial that is open, by number. */
  readonly opened: number | null;
  /** How far the trial or the help is scrolled down. */
  readonly scroll: number;
  readonly question: Question | null;
  readonly notice: Notice | null;
}

export const INITIAL_VIEW: ViewState = Object.freeze({
  screen: 'overview',
  preset: 1,
  focus: 'trials',
  sort: { by: '#', descending: false },
  filter: '',
  isTyping: false,
  sought: '',
  chosen: null,
  isFollowing: true,
  top: 0,
  chosenRunning: null,
  chosenFront: null,
  chart: 0,
  pair: 0,
  target: 0,
  logUp: 0,
  opened: null,
  scroll: 0,
  question: null,
  notice: null,
});
