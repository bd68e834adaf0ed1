import type { StudyStore } from '@assay/study';
import type { Goal } from './progress.js';
import { SnapshotPublisher } from './snapshot-publisher.js';
import type { SnapshotSource } from './snapshot-source.js';
import { storedFacts } from './stored-facts.js';
import { StudyModel } from './study-model.js';
import type { Fact } from './study-snapshot.js';
import { TrialReader } from './trial-reader.js';

export interface StoreSourceOptions {
  /** Shown before those that are stored with the study. */
  readonly facts?: readonly Fact[];
  readonly goal?: Goal | null;
  /** Default: one second. */
  readonly pollMs?: number;
  /** Unix time, milliseconds. Default: the clock. */
  readonly now?: () => number;
}

const POLL_MS = 1_000;

/** The snapshots of a study that runs elsewhere, or did: reads the store only. */
export function storeSource(store: StudyStore, studyName: string, options: StoreSourceOptions = {}): SnapshotSource {
  const { facts = [], goal = null, pollMs = POLL_MS, now = Date.now } = options;
  const model = new StudyModel({ mode: 'watch', facts, goal, deadlineMs: null, now });
  const publisher = new SnapshotPublisher(
    () => model.snapshot(),
    () => model.ticks,
  );
  const reader = new TrialReader(store, model, () => openStudy(store, studyName, model));
  const stop = reader.start(pollMs, () => {
    followPhase(model);
    publisher.touch();
  });
  return {
    subscribe: publisher.subscribe,
    getSnapshot: publisher.getSnapshot,
    say(text, level) {
      model.say(text, level);
      publisher.touch();
    },
    close() {
      stop();
      publisher.close();
    },
  };
}

async function openStudy(store: StudyStore, name: string, model: StudyModel): Promise<true> {
  if (model.study !== null) return true;
  const study = await store.findStudy(name);
  if (study === null) throw new Error(`there is no study '${name}' in ${store.url}`);
  model.study = study;
  model.facts = [...model.facts, ...storedFacts(study)];
  return true;
}

/** A store does not say who runs a study: it runs as long as a trial does. */
function followPhase(model: StudyModel): void {
  if (model.study === null) return;
  const { trials, now } = model;
  const running = trials.running(now);
  model.startedMs ??= earliest(
    [...trials.ended, ...running.map(({ trial }) => trial)].map(({ startedMs }) => startedMs),
  );
  const kind = running.length > 0 ? 'running' : 'idle';
  if (kind !== model.phase.kind) model.enter({ kind });
}

function earliest(times: readonly (number | null)[]): number | null {
  return times.reduce((first, time) => (first === null || (time !== null && time < first) ? time : first), null);
}
