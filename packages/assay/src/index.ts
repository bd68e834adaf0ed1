export {
  allOf,
  allZero,
  anyOf,
  bearing,
  between,
  bins,
  type Condition,
  category,
  clip,
  compare,
  createRandom,
  cyclic,
  type Dataset,
  daysSince,
  dropIf,
  dropUnless,
  type Feature,
  filled,
  geohash,
  hashed,
  haversine,
  hour,
  type Learned,
  log1p,
  manhattan,
  matches,
  minutesBetween,
  missing,
  month,
  NOTHING_LEARNED,
  type NumberExpression,
  normal,
  not,
  oneOf,
  openDataset,
  type Point,
  pair,
  point,
  present,
  type Random,
  type Rule,
  recipe,
  type StoredColumn,
  scaled,
  since,
  splitByGroup,
  splitByRows,
  splitByTime,
  standardized,
  type TableRecipe,
  taxifareRecipe,
  unique,
  weekday,
  weightedIndex,
  writeTaxiRides,
  year,
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
  type LabelHead,
  type Loss,
  OPTIMIZER_DEFAULTS,
  type Optimizer,
  oneHotStandardization,
  plainInput,
  type Schedule,
  saveModel,
  standardizationOf,
} from '@assay/training';
export {
  type ContinuedTraining,
  type ContinuedTrainingOptions,
  continueTraining,
  type OldAndNew,
} from './continued-training.js';
export { defineStudy, type StudyDeclaration } from './define-study.js';
export { type Evaluation, type EvaluationOptions, evaluateModel } from './evaluate-model.js';
export {
  type FinalTraining,
  FinalTrainingError,
  type FinalTrainingOptions,
  removeCheckpoints,
  type Stage,
  trainFinal,
} from './final-training.js';
export { generatedFile } from './generated-file.js';
export type { Slice } from './slice-scores.js';
export { suggestStudy } from './suggest-study.js';
export { datasetId, prepareRows, reusedText } from './table-data.js';
export { tableFiles } from './table-files.js';
export { type Seen, tableInput } from './table-input.js';
export {
  defineTableStudy,
  type TableFacts,
  type TableFit,
  type TableSources,
  type TableStudyDeclaration,
  type TableStudySpec,
  type TableWorkload,
} from './table-study.js';
export { type TabularNetwork, type TabularParams, tabularNetwork } from './tabular-network.js';
