import type { TrialRecord } from '@assay/study';
import type { SnapshotSource } from '../data/snapshot-source.js';
import { isOver } from '../data/study-snapshot.js';
import type { Glyphs } from '../draw/glyphs.js';
import type { Line } from '../draw/line.js';
import { factRows } from '../panels/header-lines.js';
import { helpPage } from '../panels/help-page.js';
import { trialPage } from '../panels/trial-page.js';
import type { CommandStyle } from './assay-command.js';
import { FigureCache } from './figures.js';
import { handleKey } from './handle-key.js';
import { focusable, innerRows, type Layout, layoutFor, type PanelId } from './layout.js';
import { RowCache } from './row-cache.js';
import type { DashboardControls, Scene } from './scene.js';
import { chosenBest, chosenIndex, trialOf } from './scene-queries.js';
import { shownFacts } from './shown-facts.js';
import type { Effect, Exit } from './step.js';
import { INITIAL_VIEW, type ViewState } from './view-state.js';

export interface ControllerOptions {
  readonly source: SnapshotSource;
  /** Null for a screen that only watches. */
  readonly controls: DashboardControls | null;
  readonly command: CommandStyle;
  readonly glyphs: Glyphs;
  readonly paramsText: (trial: TrialRecord) => string;
  readonly copy: (text: string) => void;
  readonly redraw: () => void;
  readonly exit: (exit: Exit) => void;
  /** Takes what making a scene threw: the study must not end because its screen has. */
  readonly fail: (error: unknown) => void;
}

/** Between keys and frames: holds the state of the screen, makes scenes of it and the study, does what keys ask for. */
export class DashboardController {
  readonly #options: ControllerOptions;
  readonly #rows = new RowCache();
  readonly #figures: FigureCache;
  readonly #listeners = new Set<() => void>();
  readonly #unsubscribe: () => void;
  #size: { readonly columns: number; readonly rows: number };
  #state = INITIAL_VIEW;
  #hasAskedToStop = false;
  #scene: Scene;

  constructor(options: ControllerOptions, size: { readonly columns: number; readonly rows: number }) {
    this.#options = options;
    this.#figures = new FigureCache({ changed: () => this.#showSafely(), failed: options.fail });
    this.#size = size;
    this.#scene = this.#makeScene();
    this.#unsubscribe = options.source.subscribe(() => this.#studyChanged());
  }

  readonly subscribe = (onChange: () => void): (() => void) => {
    this.#listeners.add(onChange);
    return () => {
      this.#listeners.delete(onChange);
    };
  };

  readonly getScene = (): Scene => this.#scene;

  /** @param key a name as in `keyNames` */
  press(key: string): void {
    const { state, effects } = handleKey(this.#scene, { key, paramsText: this.#options.paramsText });
    this.#state = state;
    for (const effect of effects) this.#do(effect);
    this.#show();
  }

  resize(columns: number, rows: number): void {
    this.#size = { columns, rows };
    this.#show();
  }

  close(): void {
    this.#unsubscribe();
    this.#figures.close();
    this.#listeners.clear();
  }

  #studyChanged(): void {
    this.#showSafely();
    if (this.#hasAskedToStop && isOver(this.#scene.snapshot.phase)) this.#options.exit('stopped');
  }

  #do(effect: Effect): void {
    const { controls, copy, redraw, exit } = this.#options;
    switch (effect.kind) {
      case 'pause':
        controls?.pause();
        return;
      case 'resume':
        controls?.resume();
        return;
      case 'request-stop':
        this.#hasAskedToStop = true;
        controls?.requestStop();
        return;
      case 'stop-trial':
        controls?.stopTrial(effect.number);
        return;
      case 'copy':
        copy(effect.text);
        return;
      case 'redraw':
        redraw();
        return;
      case 'exit':
        exit(effect.exit);
        return;
    }
  }

  /** For what happens without a person: an error there must end the screen only. */
  #showSafely(): void {
    try {
      this.#show();
    } catch (error) {
      this.#options.fail(error);
    }
  }

  #show(): void {
    this.#scene = this.#makeScene();
    this.#state = this.#scene.state;
    for (const listener of [...this.#listeners]) listener();
  }

  #makeScene(): Scene {
    const { source, controls, command, glyphs } = this.#options;
    const snapshot = source.getSnapshot();
    const { columns, rows } = this.#size;
    const figures = this.#figures.of(snapshot, this.#state);
    const hasFront = figures.objectives.length > 1;
    const { preset } = this.#state;
    const facts = shownFacts(snapshot, figures);
    const layout = layoutFor(columns, rows, { preset, factRows: factRows(facts, columns), hasFront });
    const table = this.#rows.of(snapshot, this.#state, figures.importance);
    const tableRows = Math.max(0, innerRows(layout, 'trials') - 1);
    const page = pageOf({ snapshot, ...figures, state: this.#state, layout, glyphs, command });
    const state = settled(this.#state, table.rows, layout, tableRows, page.length);
    const canControl = controls !== null;
    const stopping = controls?.stopping ?? 'no';
    return {
      snapshot,
      ...figures,
      facts,
      state,
      layout,
      ...table,
      tableRows,
      page,
      glyphs,
      canControl,
      stopping,
      command,
    };
  }
}

type Paged = Omit<
  Scene,
  'facts' | 'fields' | 'rows' | 'filterProblem' | 'tableRows' | 'page' | 'canControl' | 'stopping'
>;

function pageOf(scene: Paged): readonly Line[] {
  const { state, snapshot, layout, glyphs, objectives, command } = scene;
  if (state.screen === 'help') return helpPage(layout.columns, glyphs, state.sought);
  const trial = state.screen === 'trial' ? trialOf({ snapshot }, state.opened) : null;
  if (trial === null) return [];
  const curveRows = Math.min(14, Math.max(5, layout.bodyRows - 10));
  const best = chosenBest(scene);
  return trialPage(trial, { snapshot, columns: layout.columns, curveRows, objectives, best, glyphs, command });
}

function defaultFocus(panels: readonly PanelId[]): PanelId {
  return panels.includes('trials') ? 'trials' : panels.at(-1)!;
}

/** The state with everything inside its bounds: the chosen row in the window, the focus on a panel that is shown. */
function settled(
  state: ViewState,
  rows: readonly TrialRecord[],
  layout: Layout,
  tableRows: number,
  pageLength: number,
): ViewState {
  const panels = focusable(layout);
  const focus = panels.includes(state.focus) || panels.length === 0 ? state.focus : defaultFocus(panels);
  const index = chosenIndex({ rows, state });
  const lowest = Math.min(state.top, index, Math.max(0, rows.length - tableRows));
  const top = Math.max(0, lowest, index - tableRows + 1);
  const scroll = Math.max(0, Math.min(state.scroll, pageLength - layout.bodyRows));
  return { ...state, focus, top, scroll };
}
