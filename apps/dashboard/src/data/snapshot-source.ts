import type { LogLine, StudySnapshot } from './study-snapshot.js';

/** What a screen reads: `useSyncExternalStore` takes the first two as they are. */
export interface SnapshotSource {
  /** Calls back when there is a new snapshot, at most five times a second. Returns the call that ends it. */
  readonly subscribe: (onChange: () => void) => () => void;
  /** The same object until there is a new one. */
  readonly getSnapshot: () => StudySnapshot;
  /** Adds a line to the log. */
  readonly say: (text: string, level: LogLine['level']) => void;
  /** Stops its timers; nothing changes afterwards. */
  readonly close: () => void;
}
