import type { Json } from '@assay/space';
import type { StudyRecord, StudyStore } from '@assay/study';
import type { Goal } from './progress.js';
import { SnapshotPublisher } from './snapshot-publisher.js';
import type { SnapshotSource } from './snapshot-source.js';
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

/** What the study was made with. */
function storedFacts({ definition }: StudyRecord): readonly Fact[] {
  if (definition === null) return [];
  const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
  const facts = Object.entries(definition.facts).map(([label, value]) => ({ label, value: text(value) }));
  const named = (['sampler', 'pruner'] as const).flatMap((label) => {
    const value = nameOf(definition[label]);
    return value === null || label in definition.facts ? [] : [{ label, value }];
  });
  return [...facts, ...named];
}

/** Samplers and pruners are stored as an object with a name and their settings. */
function nameOf(stored: Json): string | null {
  if (typeof stored !== 'object' || stored === null || !('name' in stored)) return null;
  return typeof stored.name === 'string' ? stored.name : null;
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
