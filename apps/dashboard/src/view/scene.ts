import type { TrialRecord } from '@assay/study';
import type { Fact, StudySnapshot } from '../data/study-snapshot.js';
import type { Glyphs } from '../draw/glyphs.js';
import type { Line } from '../draw/line.js';
import type { CommandStyle } from './assay-command.js';
import type { Figures } from './figures.js';
import type { Layout } from './layout.js';
import type { Field } from './trial-fields.js';
import type { ViewState } from './view-state.js';

/** What a person can do to the study; `StudyControls` satisfies it by shape. */
export interface DashboardControls {
  readonly stopping: 'no' | 'finish-running' | 'at-next-report';
  pause(): void;
  resume(): void;
  requestStop(): unknown;
  /** False when the trial does not run in this process. */
  stopTrial(number: number): boolean;
}

/** One frame's worth of everything: what is drawn, and what a key acts on. */
export interface Scene extends Figures {
  readonly snapshot: StudySnapshot;
  /** What the header says beside name, goal and progress. */
  readonly facts: readonly Fact[];
  readonly state: ViewState;
  readonly layout: Layout;
  readonly fields: readonly Field[];
  /** The table's rows, filtered and sorted. */
  readonly rows: readonly TrialRecord[];
  readonly filterProblem: string | null;
  /** How many rows the table can draw. */
  readonly tableRows: number;
  /** What the open trial or the help says in full; empty on the overview. */
  readonly page: readonly Line[];
  readonly glyphs: Glyphs;
  readonly canControl: boolean;
  readonly stopping: DashboardControls['stopping'];
  readonly command: CommandStyle;
}
