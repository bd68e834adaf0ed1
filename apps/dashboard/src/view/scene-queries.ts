import type { TrialRecord } from '@assay/study';
import { isOver } from '../data/study-snapshot.js';
import { printable } from '../text/cell-width.js';
import type { Scene } from './scene.js';

export function studyName({ snapshot }: Scene): string {
  return snapshot.study?.name ?? '';
}

/** Why no trial is marked as the best. */
export function whyNoBest({ snapshot }: Scene): string {
  const confirmed = snapshot.study?.definition?.confirms ?? null;
  if (confirmed !== null) return `fresh runs of ${printable(confirmed)}: none is best by itself`;
  const isComplete = snapshot.ended.some(({ state }) => state === 'complete');
  return isComplete ? 'all complete trials are infeasible' : 'no trial is complete yet';
}

/** The chosen row of the table: the last while it follows, the first until one is chosen. -1 in an empty table. */
export function chosenIndex({ rows, state }: Pick<Scene, 'rows' | 'state'>): number {
  if (state.isFollowing) return rows.length - 1;
  const at = state.chosen === null ? -1 : rows.findIndex(({ number }) => number === state.chosen);
  return at >= 0 ? at : Math.min(0, rows.length - 1);
}

/** What Enter opens: the chosen running trial, the chosen one of the front, or the chosen row. */
export function chosenTrial(scene: Pick<Scene, 'snapshot' | 'state' | 'front' | 'rows'>): TrialRecord | null {
  if (scene.state.focus === 'running') return chosenRunning(scene);
  if (scene.state.focus === 'front' || scene.state.focus === 'parallel') return chosenBest(scene);
  return scene.rows[chosenIndex(scene)] ?? null;
}

/** The chosen running trial: the first until one is chosen, or when the chosen one has ended. */
export function chosenRunning({ snapshot, state }: Pick<Scene, 'snapshot' | 'state'>): TrialRecord | null {
  const { running } = snapshot;
  return (running.find(({ trial }) => trial.number === state.chosenRunning) ?? running[0])?.trial ?? null;
}

/** The best trial; with several objectives the chosen one of the front, the first until one is chosen. */
export function chosenBest(scene: Pick<Scene, 'snapshot' | 'state' | 'front'>): TrialRecord | null {
  return chosenFront(scene) ?? scene.snapshot.best[0] ?? null;
}

/** The chosen trial of the front: the first until one is chosen, or when the chosen one has been beaten. */
export function chosenFront({ front, state }: Pick<Scene, 'front' | 'state'>): TrialRecord | null {
  return front.find(({ number }) => number === state.chosenFront) ?? front[0] ?? null;
}

export function trialOf({ snapshot }: Pick<Scene, 'snapshot'>, number: number | null): TrialRecord | null {
  if (number === null) return null;
  const running = snapshot.running.find(({ trial }) => trial.number === number)?.trial;
  return running ?? snapshot.ended.find((trial) => trial.number === number) ?? null;
}

export function isRunning({ snapshot }: Pick<Scene, 'snapshot'>, number: number): boolean {
  return snapshot.running.some(({ trial }) => trial.number === number);
}

/** True when leaving the screen leaves nothing behind: a watch, or a study that is over. */
export function mayLeave({ snapshot, canControl }: Pick<Scene, 'snapshot' | 'canControl'>): boolean {
  return !canControl || isOver(snapshot.phase);
}

/** How many rows the open trial or the help can draw. */
export function pageRows({ layout }: Pick<Scene, 'layout'>): number {
  return layout.bodyRows;
}
