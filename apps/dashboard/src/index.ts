export { type LiveSource, type LiveSourceOptions, liveSource } from './data/live-source.js';
export type { Goal } from './data/progress.js';
export type { SnapshotSource } from './data/snapshot-source.js';
export { type StoreSourceOptions, storeSource } from './data/store-source.js';
export type { Fact, StudySnapshot } from './data/study-snapshot.js';
export { type DashboardOptions, runDashboard } from './run-dashboard.js';
export type { CommandStyle } from './view/assay-command.js';
export type { DashboardControls } from './view/scene.js';
