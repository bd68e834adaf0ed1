export {
  type BatchPlan,
  dropoutPool,
  dropoutWidths,
  type EpochKey,
  planBatches,
} from './batch-plan.js';
export { checkpointKey, readCheckpoint, writeCheckpoint } from './checkpoint-file.js';
export { CheckpointKeeper } from './checkpoint-keeper.js';
export { type ClassMetrics, scoreClasses } from './class-metrics.js';
export { oneHotStandardization, shardedData, splitShards, standardizationOf } from './dataset-source.js';
export { BATCH_NORM_DEFAULTS, describeNetwork, type HiddenBlock, type NetworkOptions } from './describe-network.js';
export {
  type Chunk,
  type Engine,
  type NativeGate,
  OPEN_GATE,
  type Predictor,
  type PredictorOptions,
  type Trainer,
  type TrainerOptions,
} from './engine.js';
export {
  type FitOptions,
  type FitPlan,
  type FitResult,
  fitIncremental,
  type ShardedData,
} from './fit-incremental.js';
export type { BestFit, FitCheckpoint, FitReport } from './fit-progress.js';
export { initialState } from './initial-state.js';
export {
  blockWidth,
  type EmbeddingBlock,
  type InputBlock,
  type InputDescription,
  plainInput,
  type Standardization,
} from './input-description.js';
export { type LabelHead, outputCount, PLAIN_LABEL } from './label-head.js';
export { type ErrorMetric, type Metrics, score } from './metrics.js';
export {
  type ActivationName,
  checkModel,
  inputWidth,
  type Layer,
  layerWidths,
  type ModelDescription,
} from './model-description.js';
export { type LoadedModel, loadModel, MODEL_FILES, type SavedModel, type Sidecar, saveModel } from './model-file.js';
export type { ModelState, ModelWeights } from './model-state.js';
export { onnxEngine } from './onnx/onnx-engine.js';
export { type ParameterLayout, type ParameterSlice, parameterLayout, trainableCount } from './parameter-layout.js';
export { type EngineProbe, type ProbedEngine, probeEngine } from './probe-engine.js';
export { type RandomStream, randomStream } from './random-stream.js';
export { defaultMetric, metricOf, type RowShards, scoreRows } from './score-rows.js';
export { type ScoreSums, type Scores, scoreSums } from './score-sums.js';
export { type EngineChoice, type SelectedEngine, selectEngine } from './select-engine.js';
export { findNativePackage, isNativeEngine, type NativeEngine, type NativePackage } from './tfjs/native-package.js';
export { type RefusedBackend, TFJS_BACKENDS, type TfjsBackend } from './tfjs/tfjs-backend.js';
export { type TfjsEngine, type TfjsOptions, tfjsEngine } from './tfjs/tfjs-engine.js';
export { describeAdapter, type WebgpuAdapter, webgpuAdapter } from './tfjs/webgpu.js';
export {
  checkTraining,
  type Loss,
  OPTIMIZER_DEFAULTS,
  type Optimizer,
  type Schedule,
  type TrainingDescription,
} from './training-description.js';
export { TrainingError, type TrainingErrorCode } from './training-error.js';
export { countSteps, type VisitPlan } from './visit-plan.js';
