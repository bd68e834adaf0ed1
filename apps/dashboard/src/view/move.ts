import { innerRows } from './layout.js';
import type { Scene } from './scene.js';
import { chosenFront, chosenIndex, chosenRunning, pageRows } from './scene-queries.js';
import { type Step, step } from './step.js';

/** How far a key goes: rows, pages, or all the way. */
export type Distance = 'row' | 'page' | 'end';

/** Moves what has the focus: a row of the table, a running trial, the log, or the open page. */
export function move(scene: Scene, direction: -1 | 1, distance: Distance): Step {
  if (scene.state.screen !== 'overview') return scrollPage(scene, direction, distance);
  switch (scene.state.focus) {
    case 'running':
      return moveRunning(scene, direction, distance);
    case 'front':
    case 'parallel':
      return moveFront(scene, direction, distance);
    case 'log':
      return scrollLog(scene, direction, distance);
    case 'trials':
    case 'chart':
    case 'parameters':
      return moveRow(scene, direction, distance);
  }
}

function moveRow(scene: Scene, direction: -1 | 1, distance: Distance): Step {
  const { rows, tableRows } = scene;
  if (rows.length === 0) return step(scene);
  const last = rows.length - 1;
  const index = clamp(chosenIndex(scene) + direction * lengthOf(distance, tableRows, rows.length), last);
  return step(scene, { chosen: rows[index]!.number, isFollowing: index === last && direction > 0 });
}

function moveRunning(scene: Scene, direction: -1 | 1, distance: Distance): Step {
  const running = scene.snapshot.running.map(({ trial }) => trial.number);
  const at = running.indexOf(chosenRunning(scene)?.number ?? -1);
  const index = clamp(
    at + direction * lengthOf(distance, innerRows(scene.layout, 'running'), running.length),
    running.length - 1,
  );
  return step(scene, { chosenRunning: running[index] ?? null });
}

function moveFront(scene: Scene, direction: -1 | 1, distance: Distance): Step {
  const numbers = scene.front.map(({ number }) => number);
  const at = numbers.indexOf(chosenFront(scene)?.number ?? -1);
  const by = lengthOf(distance, innerRows(scene.layout, 'front') - 1, numbers.length);
  return step(scene, { chosenFront: numbers[clamp(at + direction * by, numbers.length - 1)] ?? null });
}

function scrollLog(scene: Scene, direction: -1 | 1, distance: Distance): Step {
  const lines = scene.snapshot.log.length;
  const drawn = innerRows(scene.layout, 'log');
  const logUp = clamp(scene.state.logUp - direction * lengthOf(distance, drawn, lines), lines - drawn);
  return step(scene, { logUp });
}

function scrollPage(scene: Scene, direction: -1 | 1, distance: Distance): Step {
  const drawn = pageRows(scene);
  const scroll = clamp(
    scene.state.scroll + direction * lengthOf(distance, drawn, scene.page.length),
    scene.page.length - drawn,
  );
  return step(scene, { scroll });
}

function lengthOf(distance: Distance, page: number, all: number): number {
  switch (distance) {
    case 'row':
      return 1;
    case 'page':
      return Math.max(1, page - 1);
    case 'end':
      return all;
  }
}

function clamp(value: number, high: number): number {
  return Math.max(0, Math.min(value, high));
}
