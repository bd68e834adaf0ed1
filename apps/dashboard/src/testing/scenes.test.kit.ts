import type { StudyRecord, TrialRecord } from '@assay/study';
import type { Goal } from '../data/progress.js';
import type { SnapshotSource } from '../data/snapshot-source.js';
import { StudyModel } from '../data/study-model.js';
import type { Fact, Phase, StudySnapshot } from '../data/study-snapshot.js';
import { GLYPHS, type GlyphSet } from '../draw/glyphs.js';
import { DashboardController } from '../view/dashboard-controller.js';
import type { DashboardControls } from '../view/scene.js';
import type { Exit } from '../view/step.js';
import { aStudy, START_MS } from './trials.test.kit.js';

export interface GivenSnapshot {
  readonly study?: StudyRecord | null;
  readonly trials?: readonly TrialRecord[];
  readonly facts?: readonly Fact[];
  readonly phase?: Phase;
  readonly goal?: Goal | null;
  readonly mode?: StudySnapshot['mode'];
  readonly log?: readonly string[];
  readonly nowMs?: number;
}

export function aSnapshot(given: GivenSnapshot = {}): StudySnapshot {
  const { study = aStudy(), trials = [], facts = [], goal = null, mode = 'live', log = [] } = given;
  const now = (): number => given.nowMs ?? START_MS + 3_600_000;
  const model = new StudyModel({ mode, facts, goal, deadlineMs: null, now });
  model.study = study;
  model.startedMs = START_MS;
  model.enter(given.phase ?? { kind: 'running' });
  for (const trial of trials) model.put(trial);
  for (const line of log) model.say(line);
  return model.snapshot();
}

/** A source that a test moves by hand. */
export function handSource(first: StudySnapshot): SnapshotSource & {
  readonly said: string[];
  readonly show: (snapshot: StudySnapshot) => void;
} {
  let snapshot = first;
  const listeners = new Set<() => void>();
  const said: string[] = [];
  return {
    said,
    say: (text, level) => said.push(`${level} ${text}`),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
    close: () => listeners.clear(),
    show(next) {
      snapshot = next;
      for (const listener of listeners) listener();
    },
  };
}

/** Controls that write down what they are asked for. */
export class RecordedControls implements DashboardControls {
  readonly asked: string[] = [];
  stopping: DashboardControls['stopping'] = 'no';

  pause(): void {
    this.asked.push('pause');
  }

  resume(): void {
    this.asked.push('resume');
  }

  requestStop(): void {
    this.stopping = this.stopping === 'no' ? 'finish-running' : 'at-next-report';
    this.asked.push(`stop ${this.stopping}`);
  }

  stopTrial(number: number): boolean {
    this.asked.push(`stop trial ${number}`);
    return true;
  }
}

export interface GivenController {
  readonly snapshot?: StudySnapshot;
  readonly controls?: DashboardControls | null;
  readonly columns?: number;
  readonly rows?: number;
  readonly glyphs?: GlyphSet;
}

/** A real controller without a terminal: what it copies and how it is left can be read. */
export function aController(given: GivenController = {}) {
  const {
    snapshot = aSnapshot(),
    controls = new RecordedControls(),
    columns = 80,
    rows = 24,
    glyphs = 'braille',
  } = given;
  const source = handSource(snapshot);
  const copied: string[] = [];
  const exits: Exit[] = [];
  const controller = new DashboardController(
    {
      source,
      controls,
      command: { name: 'assay', flags: '' },
      glyphs: GLYPHS[glyphs],
      paramsText: ({ params }) => JSON.stringify(params),
      copy: (text) => copied.push(text),
      redraw: () => undefined,
      exit: (exit) => exits.push(exit),
      fail: (error) => {
        throw error;
      },
    },
    { columns, rows },
  );
  const press = (...keys: readonly string[]): void => {
    for (const key of keys) controller.press(key);
  };
  return { controller, source, copied, exits, press, scene: () => controller.getScene() };
}
