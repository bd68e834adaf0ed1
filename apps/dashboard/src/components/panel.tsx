import type { Theme } from '../draw/ansi-text.js';
import type { Line } from '../draw/line.js';
import { chartLines } from '../panels/chart-lines.js';
import { logLines } from '../panels/log-lines.js';
import { framed } from '../panels/panel-frame.js';
import { parameterLines } from '../panels/parameter-lines.js';
import { runningLines } from '../panels/running-lines.js';
import { tableLines } from '../panels/table-lines.js';
import { printable } from '../text/cell-width.js';
import { formatNumber } from '../text/format-number.js';
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
    case 'parameters':
      return parameterLines(scene, width);
    case 'log':
      return logLines(scene, height);
  }
}

function headingOf(id: PanelId, { snapshot, state, rows }: Scene): { readonly title: string; readonly note: string } {
  const { running, ended, insights, study, log } = snapshot;
  switch (id) {
    case 'running':
      return { title: 'Running', note: running.length > 1 ? String(running.length) : '' };
    case 'chart': {
      const best = insights.best[0];
      const metric = printable(study?.metrics[0] ?? 'value');
      if (best === undefined) return { title: `Best ${metric}`, note: '' };
      return { title: `Best ${metric} ${formatNumber(best.values[0] ?? Number.NaN)}`, note: `trial ${best.number}` };
    }
    case 'trials': {
      const title = state.filter === '' ? 'Trials' : `Trials /${printable(state.filter)}`;
      return { title, note: state.filter === '' ? `${rows.length}` : `${rows.length} of ${ended.length}` };
    }
    case 'parameters': {
      const several = insights.best.length > 1 ? `, the first of ${insights.best.length} best` : '';
      return { title: `Parameters${several}`, note: '' };
    }
    case 'log':
      return { title: 'Log', note: state.logUp > 0 ? `${state.logUp} below` : log.length > 0 ? 'latest' : '' };
  }
}
