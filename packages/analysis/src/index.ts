export type { AnalysedTrial } from './analysed-trial.js';
export { AnalysisError, type AnalysisErrorCode } from './analysis-error.js';
export { type BestPoint, bestSoFar } from './best-so-far.js';
export { type HypervolumeCurve, type HypervolumePoint, hypervolumeSoFar } from './hypervolume-so-far.js';
export {
  type FanovaOptions,
  type ImportanceOptions,
  type Interactions,
  importanceOf,
  interactionsOf,
  type PairImportance,
  type ParameterImportance,
  type PedAnovaOptions,
} from './importance/importance-of.js';
export { observedSpace } from './importance/observed-space.js';
