import { type HypervolumePoint, hypervolumeSoFar, type ParameterImportance } from '@assay/analysis';
import type { TrialRecord } from '@assay/study';
import { betterFirst, type Objective, objectivesOf } from '../data/objectives.js';
import type { StudySnapshot } from '../data/study-snapshot.js';
import { type ChartData, chartData } from './chart-data.js';
import { chosenChart, chosenTarget, leadingObjective, type Target } from './chart-view.js';
import { Memo } from './memo.js';
import { type RankedTrials, rankedTrials } from './ranked-trials.js';
import { SlowInsight, type SlowInsightEvents } from './slow-insight.js';
import type { ViewState } from './view-state.js';
import { weighedParameters } from './weighed-parameters.js';

/** What the ended trials come to, seen as the keys have it. */
export interface Figures {
  readonly objectives: readonly Objective[];
  /** The best trials of a study with several objectives, the best by the chart's first one first; empty with one objective. */
  readonly front: readonly TrialRecord[];
  /** Empty with one objective. May lag behind the trials. */
  readonly hypervolume: readonly HypervolumePoint[];
  readonly chart: ChartData;
  /** Empty while parallel coordinates are not on the screen. */
  readonly ranked: RankedTrials;
  /** What the parameters are weighed for. */
  readonly target: Target;
  /** Most important first. May lag behind the trials. */
  readonly importance: readonly ParameterImportance[];
}

/** Computes figures again only when what they are made from has changed, and the slow ones between frames. */
export class FigureCache {
  readonly #objectives = new Memo<readonly Objective[]>();
  readonly #front = new Memo<readonly TrialRecord[]>();
  readonly #chart = new Memo<ChartData>();
  readonly #ranked = new Memo<RankedTrials>();
  readonly #hypervolume: SlowInsight<readonly HypervolumePoint[]>;
  readonly #importance: SlowInsight<readonly ParameterImportance[]>;

  constructor(events: SlowInsightEvents) {
    this.#hypervolume = new SlowInsight(events);
    this.#importance = new SlowInsight(events);
  }

  of({ study, counted, best }: StudySnapshot, state: ViewState): Figures {
    const objectives = this.#objectives.of([study], () => objectivesOf(study));
    const view = chosenChart(objectives, state);
    const target = chosenTarget(objectives, state);
    const hypervolume = this.#volumes(study, objectives, counted);
    const by = leadingObjective(view, objectives);
    const front = this.#front.of([best, by], () => (objectives.length > 1 ? best.toSorted(betterFirst(by)) : []));
    const volumes = view.kind === 'hypervolume' ? hypervolume : NONE;
    const chart = this.#chart.of([counted, best, volumes, ...Object.values(view)], () =>
      chartData(view, { ended: counted, best }, volumes),
    );
    const isRanked = state.preset === 5;
    const ranked = this.#ranked.of([isRanked, counted, front, by], () =>
      isRanked ? rankedTrials(counted, front, by) : { bright: [], faint: [] },
    );
    const importance = this.#importance.of([study, ...Object.values(target)], counted, () =>
      weighedParameters(study?.definition?.space ?? [], counted, target, objectives),
    );
    return { objectives, front, hypervolume, chart, ranked, target, importance };
  }

  close(): void {
    this.#hypervolume.close();
    this.#importance.close();
  }

  #volumes(
    study: StudySnapshot['study'],
    objectives: readonly Objective[],
    counted: StudySnapshot['counted'],
  ): readonly HypervolumePoint[] {
    if (objectives.length < 2) return NONE;
    const directions = objectives.map(({ direction }) => direction);
    return this.#hypervolume.of([study], counted, () => hypervolumeSoFar(counted, directions).points);
  }
}

const NONE: readonly never[] = [];
