import type { TrialRecord } from '@assay/study';
import { nextAxes, nextChart, nextTarget, whyNotAxes, whyNotChart, whyNotTarget } from './chart-actions.js';
import { move } from './move.js';
import type { Scene } from './scene.js';
import { type Step, step } from './step.js';
import {
  askQuit,
  askStop,
  copyParameters,
  interrupt,
  interruptText,
  togglePause,
  whyNotCopy,
  whyNotPause,
  whyNotStop,
} from './study-actions.js';
import { choosePreset, focusBeside, openBeside, openChosen, reverseSort, sortBeside } from './table-actions.js';
import type { ViewState } from './view-state.js';

/** What a key needs from outside. */
export interface KeyContext {
  readonly key: string;
  readonly paramsText: (trial: TrialRecord) => string;
}

/** One row of the only table of keys: what they do, what the key line and the help say of them. */
export interface KeyBinding {
  /** Names as in `keyNames`. */
  readonly keys: readonly string[];
  /** How a person sees them written. */
  readonly label: string;
  /** The same on the key line, where neighbours in the table share a place. Default: the label. */
  readonly lineLabel?: string;
  /** On the key line, which has the order of the table; null for the help only, empty for not now. */
  readonly hint: ((scene: Scene) => string) | null;
  readonly help: string;
  readonly on: readonly ViewState['screen'][];
  /** Why the key does nothing now; null when it does. */
  readonly whyNot?: (scene: Scene) => string | null;
  readonly run: (scene: Scene, context: KeyContext) => Step;
}

const EVERYWHERE = ['overview', 'trial', 'help'] as const;
const back = { screen: 'overview', opened: null, scroll: 0, sought: '' } as const;

export const KEY_BINDINGS: readonly KeyBinding[] = [
  {
    keys: ['ctrl+c'],
    label: '^C',
    hint: interruptText,
    help: 'first: running trials finish, no new ones start; second: they stop at their next report; third: leave at once',
    on: EVERYWHERE,
    run: interrupt,
  },
  {
    keys: ['esc', 'backspace', 'q', '?'],
    label: 'Esc q',
    lineLabel: 'Esc',
    hint: () => 'back',
    help: 'back to the overview',
    on: ['trial', 'help'],
    run: (scene) => step(scene, back),
  },
  {
    keys: ['q'],
    label: 'q',
    hint: () => 'quit',
    help: 'quit; asks first while the study runs, and then stops it like the first Ctrl-C',
    on: ['overview'],
    run: askQuit,
  },
  {
    keys: ['?'],
    label: '?',
    hint: () => 'help',
    help: 'this list',
    on: ['overview'],
    run: (scene) => step(scene, { screen: 'help', scroll: 0 }),
  },
  {
    keys: ['p'],
    label: 'p',
    hint: ({ snapshot }) => (snapshot.phase.kind === 'paused' ? 'resume' : 'pause'),
    help: 'pause (running trials go on, no new ones start) and resume',
    on: ['overview', 'trial'],
    whyNot: whyNotPause,
    run: togglePause,
  },
  {
    keys: ['enter'],
    label: 'Enter',
    hint: () => 'open',
    help: 'open the chosen trial: all its parameters, its curve, its error',
    on: ['overview'],
    whyNot: ({ rows, snapshot }) =>
      rows.length + snapshot.running.length === 0 ? 'there is no trial to open yet' : null,
    run: openChosen,
  },
  {
    keys: ['/'],
    label: '/',
    hint: () => 'filter',
    help: 'filter trials: state=failed, lr>0.01, optimizer=adam, reason~died, @17, best, or any text; Esc clears',
    on: ['overview'],
    run: (scene) => step(scene, { isTyping: true, focus: 'trials' }),
  },
  {
    keys: ['/'],
    label: '/',
    hint: () => 'search',
    help: 'look for a key by what it does',
    on: ['help'],
    run: (scene) => step(scene, { isTyping: true, scroll: 0 }),
  },
  {
    keys: ['c'],
    label: 'c',
    hint: () => 'chart',
    help: 'with several objectives: another chart (the front, the volume it dominates, the best of each objective)',
    on: ['overview'],
    whyNot: whyNotChart,
    run: nextChart,
  },
  {
    keys: ['a'],
    label: 'a',
    hint: () => 'axes',
    help: 'with three objectives or more: the front in another plane',
    on: ['overview'],
    whyNot: whyNotAxes,
    run: nextAxes,
  },
  {
    keys: ['<'],
    label: '<',
    hint: null,
    help: 'sort by the column to the left',
    on: ['overview'],
    run: (scene) => sortBeside(scene, -1),
  },
  {
    keys: ['>'],
    label: '>',
    lineLabel: '<>',
    hint: () => 'sort',
    help: 'sort by the column to the right',
    on: ['overview'],
    run: (scene) => sortBeside(scene, 1),
  },
  { keys: ['R'], label: 'R', hint: null, help: 'reverse the order', on: ['overview'], run: reverseSort },
  {
    keys: ['y'],
    label: 'y',
    hint: ({ state }) => (state.screen === 'trial' ? 'copy' : 'copy best'),
    help: 'copy the parameters of the best (with several objectives the chosen one of the front), or of the open trial, to the clipboard (OSC 52)',
    on: ['overview', 'trial'],
    whyNot: whyNotCopy,
    run: (scene, { paramsText }) => copyParameters(scene, paramsText),
  },
  {
    keys: ['x'],
    label: 'x',
    hint: () => 'stop trial',
    help: 'stop the chosen running trial, after a question',
    on: ['overview', 'trial'],
    whyNot: whyNotStop,
    run: askStop,
  },
  {
    keys: ['i'],
    label: 'i',
    hint: () => 'weigh for',
    help: 'with several objectives: weigh the parameters for the front, or for one objective',
    on: ['overview'],
    whyNot: whyNotTarget,
    run: nextTarget,
  },
  {
    keys: ['tab'],
    label: 'Tab',
    hint: () => 'focus',
    help: 'go to the next panel',
    on: ['overview'],
    run: (scene) => focusBeside(scene, 1),
  },
  {
    keys: ['shift+tab'],
    label: 'Shift-Tab',
    hint: null,
    help: 'go to the panel before',
    on: ['overview'],
    run: (scene) => focusBeside(scene, -1),
  },
  {
    keys: ['1', '2', '3', '4', '5'],
    label: '1-5',
    hint: () => 'views',
    help: '1 overview, 2 trials, 3 chart and parameters, 4 running trials and log, 5 parallel coordinates',
    on: ['overview'],
    run: (scene, { key }) => choosePreset(scene, key),
  },
  {
    keys: ['left', 'h'],
    label: '← h',
    hint: null,
    help: 'the trial before',
    on: ['trial'],
    run: (scene) => openBeside(scene, -1),
  },
  {
    keys: ['right', 'l'],
    label: '→ l',
    lineLabel: '←→',
    hint: () => 'other trials',
    help: 'the next trial',
    on: ['trial'],
    run: (scene) => openBeside(scene, 1),
  },
  {
    keys: ['up', 'k'],
    label: '↑ k',
    hint: null,
    help: 'one row up',
    on: EVERYWHERE,
    run: (scene) => move(scene, -1, 'row'),
  },
  {
    keys: ['down', 'j'],
    label: '↓ j',
    hint: null,
    help: 'one row down',
    on: EVERYWHERE,
    run: (scene) => move(scene, 1, 'row'),
  },
  {
    keys: ['pageup'],
    label: 'PgUp',
    hint: null,
    help: 'one page up',
    on: EVERYWHERE,
    run: (scene) => move(scene, -1, 'page'),
  },
  {
    keys: ['pagedown'],
    label: 'PgDn',
    hint: null,
    help: 'one page down',
    on: EVERYWHERE,
    run: (scene) => move(scene, 1, 'page'),
  },
  {
    keys: ['g', 'home'],
    label: 'g Home',
    hint: null,
    help: 'to the first row',
    on: EVERYWHERE,
    run: (scene) => move(scene, -1, 'end'),
  },
  {
    keys: ['G', 'end'],
    label: 'G End',
    lineLabel: 'G',
    hint: ({ state }) => (state.screen === 'overview' ? 'latest' : ''),
    help: 'to the last row, and stay there as trials arrive',
    on: EVERYWHERE,
    run: (scene) => move(scene, 1, 'end'),
  },
  {
    keys: ['esc'],
    label: 'Esc',
    hint: null,
    help: 'clear the filter',
    on: ['overview'],
    run: (scene) => step(scene, { filter: '' }),
  },
  {
    keys: ['ctrl+l'],
    label: '^L',
    hint: null,
    help: 'draw the screen again',
    on: EVERYWHERE,
    run: (scene) => step(scene, {}, { kind: 'redraw' }),
  },
];
