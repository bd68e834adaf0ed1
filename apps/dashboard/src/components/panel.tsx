import type { Theme } from '../draw/ansi-text.js';
import type { Line } from '../draw/line.js';
import { chartHeading, chartLines } from '../panels/chart-lines.js';
import { frontLines } from '../panels/front-lines.js';
import { logLines } from '../panels/log-lines.js';
import { framed, type Heading } from '../panels/panel-frame.js';
import { parallelHeading, parallelLines } from '../panels/parallel-lines.js';
import { parameterLines, weightNote } from '../panels/parameter-lines.js';
import { runningLines } from '../panels/running-lines.js';
import { tableLines } from '../panels/table-lines.js';
import { printable } from '../text/cell-width.js';
import type { PanelId } from '../view/layout.js';
import type { Scene } from '../view/scene.js';
import { Lines } from './lines.js';

export interface PanelProps {
  readonly id: PanelId;
  readonly scene: Scene;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** One box of the overview. */
export function Panel({ id, scene, width, height, theme }: PanelProps) {
  const content = contentOf(id, scene, width - 2, height - 2);
  const { title, note } = headingOf(id, scene);
  const frame = { title, note, width, height, isFocused: scene.state.focus === id, glyphs: scene.glyphs };
  return <Lines lines={framed(content, frame)} width={width} theme={theme} />;
}

function contentOf(id: PanelId, scene: Scene, width: number, height: number): readonly Line[] {
  switch (id) {
    case 'running':
      return runningLines(scene, width, height);
    case 'chart':
      return chartLines(scene, width, height);
    case 'trials':
      return tableLines(scene, width);
    case 'front':
      return frontLines(scene, width, height);
    case 'parameters':
      return parameterLines(scene, width);
    case 'parallel':
      return parallelLines(scene, width, height);
    case 'log':
      return logLines(scene, height);
  }
}

function headingOf(id: PanelId, scene: Scene): Heading {
  const { snapshot, state, rows, front } = scene;
  const { running, ended, log } = snapshot;
  switch (id) {
    case 'running':
      return { title: 'Running', note: running.length > 1 ? String(running.length) : '' };
    case 'chart':
      return chartHeading(scene);
    case 'front':
      return { title: 'Front', note: front.length === 0 ? '' : String(front.length) };
    case 'trials': {
      const title = state.filter === '' ? 'Trials' : `Trials /${printable(state.filter)}`;
      return { title, note: state.filter === '' ? `${rows.length}` : `${rows.length} of ${ended.length}` };
    }
    case 'parameters':
      return { title: 'Parameters', note: weightNote(scene) };
    case 'parallel':
      return parallelHeading(scene);
    case 'log':
      return { title: 'Log', note: state.logUp > 0 ? `${state.logUp} below` : log.length > 0 ? 'latest' : '' };
  }
}
