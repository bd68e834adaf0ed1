import { assayCommand } from './assay-command.js';
import { focusable, type Preset } from './layout.js';
import type { Scene } from './scene.js';
import { chosenTrial, studyName } from './scene-queries.js';
import { notice, type Step, step } from './step.js';

/** Sorts by the next field to the left or the right: values best first, everything else ascending. */
export function sortBeside(scene: Scene, by: -1 | 1): Step {
  const { fields, state, snapshot } = scene;
  const at = fields.findIndex(({ name }) => name === state.sort.by);
  const field = fields[(at + by + fields.length) % fields.length]!;
  const objective = fields.filter(({ kind }) => kind === 'value').indexOf(field);
  const descending = objective >= 0 && snapshot.study?.directions[objective] === 'maximize';
  const sort = { by: field.name, descending };
  const isFollowing = field.kind === 'number';
  return step(scene, { sort, chosen: null, isFollowing, top: 0, notice: sorted(scene, field.name) });
}

export function reverseSort(scene: Scene): Step {
  const { sort } = scene.state;
  const reversed = { ...sort, descending: !sort.descending };
  return step(scene, { sort: reversed, chosen: null, isFollowing: false, top: 0 });
}

function sorted(scene: Scene, name: string): ReturnType<typeof notice> {
  return notice(
    scene,
    `sorted by ${name}, R reverses`,
    'plain',
    assayCommand(scene.command, 'trials', studyName(scene)),
  );
}

export function openChosen(scene: Scene): Step {
  const trial = chosenTrial(scene);
  return trial === null ? step(scene) : step(scene, { screen: 'trial', opened: trial.number, scroll: 0 });
}

/** The trial before or after the open one: in the order of the table, or among the running ones. */
export function openBeside(scene: Scene, by: -1 | 1): Step {
  const running = scene.snapshot.running.map(({ trial }) => trial);
  const list = running.some(({ number }) => number === scene.state.opened) ? running : scene.rows;
  const at = list.findIndex(({ number }) => number === scene.state.opened);
  const next = list[at + by];
  if (next === undefined)
    return step(scene, { notice: notice(scene, by < 0 ? 'this is the first' : 'this is the last') });
  return step(scene, { opened: next.number, chosen: next.number, isFollowing: false, scroll: 0 });
}

export function focusBeside(scene: Scene, by: -1 | 1): Step {
  const panels = focusable(scene.layout);
  const at = panels.indexOf(scene.state.focus);
  const focus = panels[(at + by + panels.length) % panels.length];
  return focus === undefined ? step(scene) : step(scene, { focus });
}

export function choosePreset(scene: Scene, key: string): Step {
  return step(scene, { preset: Number(key) as Preset });
}

/** What a key does while one types: every character narrows the table, or the help, at once. */
export function typeText(scene: Scene, key: string): Step {
  const { screen, filter, sought } = scene.state;
  const text = screen === 'help' ? sought : filter;
  const typed = (next: string) => (screen === 'help' ? { sought: next, scroll: 0 } : { filter: next });
  if (key === 'enter') return step(scene, { isTyping: false });
  if (key === 'esc') return step(scene, { isTyping: false, ...typed('') });
  if (key === 'backspace') return step(scene, typed(Array.from(text).slice(0, -1).join('')));
  if (key === 'ctrl+u') return step(scene, typed(''));
  if (Array.from(key).length > 1) return step(scene);
  const first = screen === 'help' ? {} : { chosen: null, isFollowing: false, top: 0 };
  return step(scene, { ...typed(text + key), ...first });
}
