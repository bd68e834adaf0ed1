import type { RunningTrial } from '../data/study-snapshot.js';
import { fitLine, type Line, span, toned } from '../draw/line.js';
import { sparkline } from '../draw/sparkline.js';
import { fit, printable } from '../text/cell-width.js';
import { formatClock } from '../text/format-duration.js';
import { formatNumber } from '../text/format-number.js';
import { formatScalar } from '../text/format-scalar.js';
import type { Scene } from '../view/scene.js';
import { chosenRunning } from '../view/scene-queries.js';

/** One row per running trial: number, curve so far, current value, step, time; the chosen one always among them. */
export function runningLines(scene: Scene, width: number, height: number): readonly Line[] {
  const { running, phase } = scene.snapshot;
  if (running.length === 0)
    return [[span(phase.kind === 'paused' ? ' paused, p resumes' : ' no trial is running', 'dim')]];
  const chosen = chosenRunning(scene)?.number;
  const at = running.findIndex(({ trial }) => trial.number === chosen);
  const from = Math.max(0, Math.min(at - height + 1, running.length - height));
  const isFocused = scene.state.focus === 'running';
  return running
    .slice(from, from + height)
    .map((each) => runningLine(each, isFocused && each.trial.number === chosen, width, scene));
}

/** Beyond this the curve gets no wider, and the parameters follow. */
const WIDEST_CURVE = 30;

/** Less room than this says nothing of the parameters. */
const LEAST_PARAMS = 12;

function runningLine({ trial, quietMs }: RunningTrial, isChosen: boolean, width: number, scene: Scene): Line {
  const { glyphs, snapshot, fields } = scene;
  const last = trial.reports.at(-1);
  const time = trial.startedMs === null ? '' : formatClock(snapshot.nowMs - trial.startedMs);
  const silence = quietMs === null ? '' : ` quiet ${formatClock(quietMs)}`;
  const head = `${isChosen ? '>' : ' '}${String(trial.number).padStart(3)} `;
  const value = fit(last === undefined ? 'no report' : formatNumber(last.value), 9, 'right');
  const step = fit(last === undefined ? '' : `step ${formatNumber(last.step)}`, 9);
  const tail = `${value} ${step} ${fit(time, 7, 'right')}`;
  const curveWidth = Math.max(4, Math.min(WIDEST_CURVE, width - head.length - tail.length - silence.length - 2));
  const room = width - head.length - curveWidth - tail.length - silence.length - 3;
  const curve = sparkline(
    trial.reports.map((report) => report.value),
    curveWidth,
    glyphs,
  );
  const names = fields.flatMap(({ kind, name }) => (kind === 'param' && name in trial.params ? [name] : []));
  const params = names.map((name) => `${name}=${formatScalar(trial.params[name]!)}`).join(' ');
  const line: Line = [
    span(head, 'strong'),
    span(fit(curve, curveWidth), 'accent'),
    span(` ${tail}`),
    span(silence, 'warning'),
    span(room < LEAST_PARAMS ? '' : `  ${printable(params)}`, 'dim'),
  ];
  return isChosen ? toned(fitLine(line, width, glyphs.ellipsis), 'selected') : line;
}
