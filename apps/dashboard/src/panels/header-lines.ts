import type { Fact, Phase, StudySnapshot } from '../data/study-snapshot.js';
import { bar } from '../draw/bar.js';
import { fitLine, type Line, lineWidth, span, spread, type Tone } from '../draw/line.js';
import { printable } from '../text/cell-width.js';
import { formatClock } from '../text/format-duration.js';
import type { Scene } from '../view/scene.js';

/** Name and phase, then the facts, as many rows as the layout gives. */
export function headerLines(scene: Scene): readonly Line[] {
  const { snapshot, glyphs } = scene;
  const { columns } = scene.layout;
  const name = printable(snapshot.study?.name ?? 'opening the study');
  const objectives = snapshot.study === null ? '' : `  ${objectivesText(scene)}`;
  const phase = span(phaseText(snapshot), PHASE_TONES[snapshot.phase.kind]);
  const first = spread(
    [span(` ${name}`, 'strong'), span(objectives, 'dim')],
    [phase, span(' ')],
    columns,
    glyphs.ellipsis,
  );
  return [first, ...factLines(scene)];
}

function objectivesText({ objectives }: Scene): string {
  return printable(objectives.map(({ direction, name }) => `${direction} ${name}`).join(', '));
}

const PHASE_TONES: Readonly<Record<Phase['kind'], Tone>> = {
  opening: 'dim',
  running: 'good',
  paused: 'warning',
  stopping: 'warning',
  stopped: 'strong',
  crashed: 'bad',
  idle: 'dim',
};

const STOP_REASONS = {
  trials: 'all trials done',
  until: 'all trials done',
  timeout: 'time is up',
  'no-improvement': 'no improvement any more',
  'max-failures': 'too many failures in a row',
  exhausted: 'nothing left to try',
  interrupted: 'stopped',
  callback: 'stopped by the study',
} as const;

function phaseText({ phase, progress, mode }: StudySnapshot): string {
  const time = progress.elapsedMs === null ? '' : ` ${formatClock(progress.elapsedMs)}`;
  switch (phase.kind) {
    case 'opening':
      return 'opening';
    case 'running':
      return `${mode === 'watch' ? 'watching' : 'running'}${time}`;
    case 'paused':
      return `paused${time}`;
    case 'stopping':
      return phase.how === 'finish-running'
        ? `stopping: running trials finish${time}`
        : `stopping at next reports${time}`;
    case 'stopped':
      return `${STOP_REASONS[phase.reason]}${time}`;
    case 'crashed':
      return 'failed, see the log';
    case 'idle':
      return `nothing runs${time === '' ? '' : `, took${time}`}`;
  }
}

/** How many rows the facts take when none is cut. */
export function factRows(facts: readonly Fact[], columns: number): number {
  return packFacts(facts, columns, Number.POSITIVE_INFINITY, ' · ').length;
}

function factLines({ facts, layout, glyphs }: Scene): readonly Line[] {
  const rows = layout.headerRows - 1;
  const packed = packFacts(facts, layout.columns, rows, ` ${glyphs.dot} `);
  return Array.from({ length: rows }, (_, row) => fitLine(packed[row] ?? [], layout.columns, glyphs.ellipsis));
}

/** Facts one after the other, none torn apart; the last of `rows` takes all that is left. */
function packFacts(facts: readonly Fact[], width: number, rows: number, between: string): readonly Line[] {
  const lines: Line[] = [];
  for (const { label, value } of facts) {
    const fact = [span(`${printable(label)} `, 'dim'), span(printable(value))];
    const last = lines.at(-1);
    const fits = last !== undefined && lineWidth(last) + between.length + lineWidth(fact) <= width;
    if (last !== undefined && (fits || lines.length === rows)) {
      lines[lines.length - 1] = [...last, span(between, 'dim'), ...fact];
    } else {
      lines.push([span(' '), ...fact]);
    }
  }
  return lines;
}

/** How far the study is, in one row. */
export function progressLine(scene: Scene): Line {
  const { snapshot, layout, glyphs } = scene;
  const { columns } = layout;
  const { goal } = snapshot.progress;
  const text = progressText(scene);
  if (goal === null) return fitLine([span(' '), ...text], columns, glyphs.ellipsis);
  const share = goal.total === 0 ? 1 : goal.done / goal.total;
  const room = Math.min(60, columns - lineWidth(text) - 10);
  const percent = `${Math.floor(share * 100)}%`.padStart(5);
  const drawn = room < 6 ? [] : [span(bar(share, room, glyphs), 'accent')];
  return fitLine([span(' '), ...drawn, span(`${percent}  `), ...text], columns, glyphs.ellipsis);
}

function progressText({ snapshot, front, layout }: Scene): Line {
  const { progress, phase } = snapshot;
  const { columns } = layout;
  const { complete, pruned, failed, running, waiting, goal, leftMs, deadlineInMs } = progress;
  const finished = complete + pruned;
  const count = goal === null ? `${finished} finished` : `${goal.done}/${goal.total}`;
  const parts: Line[] = [[span(count, 'strong')]];
  if (front.length > 0) parts.push([span(`front ${front.length}`, 'good')]);
  if (pruned > 0 && columns >= 70) parts.push([span(`${pruned} pruned`)]);
  if (failed > 0) parts.push([span(`${failed} failed`, 'bad')]);
  if (running > 0 && phase.kind !== 'idle') parts.push([span(`${running} running`)]);
  if (waiting > 0 && columns >= 90) parts.push([span(`${waiting} waiting`)]);
  if (leftMs !== null && leftMs >= 500) parts.push([span(`${formatClock(leftMs)} left`)]);
  if (deadlineInMs !== null && columns >= 90) parts.push([span(`no new trials in ${formatClock(deadlineInMs)}`)]);
  return parts.flatMap((part, i) => (i === 0 ? part : [span('  '), ...part]));
}
