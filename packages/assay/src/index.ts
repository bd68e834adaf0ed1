export {
  createRandom,
  type Dataset,
  featureColumnsWithout,
  normal,
  openDataset,
  type Random,
  type TableRecipe,
  taxifareRecipe,
  weightedIndex,
  writeTaxiRides,
} from '@assay/preprocessing';
export {
  hyperbandPruner,
  medianPruner,
  nopPruner,
  patientPruner,
  percentilePruner,
  successiveHalvingPruner,
  thresholdPruner,
  wilcoxonPruner,
} from '@assay/pruner';
export { cmaEsSampler, gridSampler, nsgaIISampler, randomSampler, sobolSampler, tpeSampler } from '@assay/sampler';
export { categorical, choice, float, type GroupValue, type Infer, int, ordered, repeat, space } from '@assay/space';
export type {
  Confirmation,
  ConfirmationOptions,
  EarlierStudy,
  Objective,
  ObjectiveResult,
  PrepareContext,
  Repeats,
  StudyOptions,
  Trial,
  TrialRecord,
} from '@assay/study';
export {
  createStudy,
  loadStudy,
  MemoryStudyStore,
  openConfirmation,
  openOrCreateStudy,
  priorFrom,
  readConfirmations,
} from '@assay/study';
export {
  countSteps,
  describeNetwork,
  type InputBlock,
  type InputDescription,
  type Loss,
  OPTIMIZER_DEFAULTS,
  type Optimizer,
  oneHotStandardization,
  plainInput,
  type Schedule,
  saveModel,
  standardizationOf,
} from '@assay/training';
export { defineStudy, type StudyDeclaration } from './define-study.js';
export {
  type FinalTraining,
  FinalTrainingError,
  type FinalTrainingOptions,
  removeCheckpoints,
  type Stage,
  trainFinal,
} from './final-training.js';
export { datasetId, prepareRows } from './table-data.js';
export {
  defineTableStudy,
  type TableFacts,
  type TableFit,
  type TableSources,
  type TableStudyDeclaration,
  type TableStudySpec,
  type TableWorkload,
} from './table-study.js';
