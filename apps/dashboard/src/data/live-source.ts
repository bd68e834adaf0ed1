import type { StudyEvent, StudyListener, StudyStore } from '@assay/study';
import type { Goal } from './progress.js';
import { SnapshotPublisher } from './snapshot-publisher.js';
import type { SnapshotSource } from './snapshot-source.js';
import { StudyModel } from './study-model.js';
import { type Fact, isOver } from './study-snapshot.js';
import { TrialReader } from './trial-reader.js';

export interface LiveSourceOptions {
  readonly facts: readonly Fact[];
  /** What the run is to reach; null for no end. */
  readonly goal: Goal | null;
  /** Unix time, milliseconds, after which no trial starts; null for none. */
  readonly deadlineMs?: number | null;
  /** The study's store: read every two seconds for the trials that other processes run. Default: not read. */
  readonly store?: StudyStore;
  /** Unix time, milliseconds. Default: the clock. */
  readonly now?: () => number;
}

const OTHERS_MS = 2_000;

/** The snapshots of a study that runs in this process. */
export interface LiveSource extends SnapshotSource {
  /** Goes to `study.subscribe`. */
  readonly listener: StudyListener;
  /** Other facts than those at the start: what turned out later. */
  readonly setFacts: (facts: readonly Fact[]) => void;
  /** Says that `optimize` has thrown: the screen shows it and stays. */
  readonly crash: (error: unknown) => void;
}

export function liveSource(options: LiveSourceOptions): LiveSource {
  const { facts, goal, deadlineMs = null, store, now = Date.now } = options;
  const model = new StudyModel({ mode: 'live', facts, goal, deadlineMs, now });
  const publisher = new SnapshotPublisher(
    () => model.snapshot(),
    () => model.ticks,
  );
  const touch = (): void => publisher.touch();
  const others = store && new TrialReader(store, model, async () => model.study !== null && !isOver(model.phase));
  const stop = others?.start(OTHERS_MS, touch);
  const changing =
    <T>(change: (given: T) => void) =>
    (given: T): void => {
      change(given);
      touch();
    };
  return {
    subscribe: publisher.subscribe,
    getSnapshot: publisher.getSnapshot,
    say(text, level) {
      model.say(text, level);
      touch();
    },
    close() {
      stop?.();
      publisher.close();
    },
    listener: changing((event) => apply(model, event)),
    setFacts: changing((changed) => {
      model.facts = changed;
    }),
    crash: changing((error) => {
      const message = error instanceof Error ? error.message : String(error);
      model.say(error instanceof Error ? (error.stack ?? message) : message, 'error');
      model.enter({ kind: 'crashed', message });
    }),
  };
}

function apply(model: StudyModel, event: StudyEvent): void {
  switch (event.type) {
    case 'study-opened':
      model.study = event.study;
      model.startedMs ??= model.now;
      for (const trial of event.trials) model.put(trial);
      if (model.phase.kind === 'opening') model.enter({ kind: 'running' });
      return;
    case 'trial-started':
    case 'trial-reported':
      model.put(event.trial);
      return;
    case 'trial-finished':
      model.put(event.trial, event.best);
      return;
    case 'trial-log':
      model.say(event.line, 'info', event.number);
      return;
    case 'result-lost':
      model.say(event.line, 'error', event.number);
      return;
    case 'log':
      model.say(event.line, event.level);
      return;
    case 'paused':
      if (model.phase.kind === 'running') model.enter({ kind: 'paused' });
      return;
    case 'resumed':
      if (model.phase.kind === 'paused') model.enter({ kind: 'running' });
      return;
    case 'stopping':
      model.enter({ kind: 'stopping', how: event.how });
      return;
    case 'study-stopped':
      model.enter({ kind: 'stopped', reason: event.reason });
      return;
  }
}
