import { autoTurns } from '@assay/study';
import { betterFirst } from '../data/objectives.js';
import type { Fact, StudySnapshot } from '../data/study-snapshot.js';
import { formatNumber } from '../text/format-number.js';
import type { Figures } from './figures.js';

/** The header's facts: how far several objectives have come, what `auto` picks, then those of the run. */
export function shownFacts(snapshot: StudySnapshot, figures: Figures): readonly Fact[] {
  const reached = reachedFacts(figures);
  const picked = pickedFact(snapshot);
  if (picked === null) return [...reached, ...snapshot.facts];
  return [...reached, picked, ...snapshot.facts.filter(({ label }) => label !== picked.label)];
}

function reachedFacts({ objectives, front, hypervolume }: Figures): readonly Fact[] {
  const volume = hypervolume.at(-1)?.hypervolume;
  if (front.length === 0) return [];
  return [
    ...objectives.map((objective) => {
      const [best] = front.toSorted(betterFirst(objective));
      return { label: `best ${objective.name}`, value: formatNumber(best!.values[objective.index]!) };
    }),
    ...(volume === undefined ? [] : [{ label: 'hypervolume', value: formatNumber(volume, 4) }]),
  ];
}

/** How many of the last trials are looked through: those that a person enqueued say nothing of the sampler. */
const LOOKED_THROUGH = 50;

/** `sampler  auto: gp+tpe`, those that take turns; null where another sampler goes on, or no trial says what was picked for it. */
function pickedFact({ facts, running, ended }: StudySnapshot): Fact | null {
  const sampler = facts.find(({ label }) => label === 'sampler')?.value ?? 'auto';
  if (sampler !== 'auto') return null;
  const latest = [...ended.slice(-LOOKED_THROUGH), ...running.map(({ trial }) => trial)].sort(
    (a, b) => b.number - a.number,
  );
  const picked = latest.map(({ note }) => autoTurns(note)).find((pick) => pick !== null);
  return picked === undefined ? null : { label: 'sampler', value: `auto: ${picked}` };
}
