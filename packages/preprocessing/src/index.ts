export type { ChunkReader, MalformedRow, TableSource, TypedChunk } from './chunk-reader.js';
export { createCsvReader } from './csv-reader.js';
export { type Dataset, openDataset, type Shard } from './dataset.js';
export {
  type DownloadOptions,
  downloadTaxiFile,
  TAXI_FILE_SIZES,
  TAXI_FILES_URL,
  type TaxiFileSize,
} from './download/download-taxi-file.js';
export { featureColumnsWithout, selectColumns } from './feature-selection.js';
export type { ColumnInspection } from './inspect/column-profile.js';
export { type InspectOptions, inspectTable, type TableInspection } from './inspect/inspect-table.js';
export type { InspectionWarning } from './inspect/inspection-warnings.js';
export type { LabelInspection } from './inspect/label-inspection.js';
export type { Manifest, Reject, SourceEntry } from './manifest.js';
export {
  PREPARE_DEFAULTS,
  type PreparedTable,
  type PrepareOptions,
  type PrepareProgress,
  prepareTable,
} from './prepare-table.js';
export { PreprocessingError, type PreprocessingErrorCode } from './preprocessing-error.js';
export { generateTaxiRides, type RideOptions } from './rides/generate-taxi-rides.js';
export { createRandom, normal, type Random, weightedIndex } from './rides/random.js';
export { type WriteRidesOptions, writeTaxiRides } from './rides/write-taxi-rides.js';
export type { ColumnStatistics } from './running-statistics.js';
export { datasetBytes, loadShared, openShared, type SharedDataset } from './shared-dataset.js';
export type { SplitName } from './split-rule.js';
export type { CleaningRule, ColumnSpec, FeatureGroup, FeatureWriter, LabelSpec, TableRecipe } from './table-recipe.js';
export { taxifareRecipe } from './taxi/taxifare-recipe.js';
export type { TimestampFormat } from './timestamp.js';
export { type TransformedRows, transformRows, transformTable } from './transform-rows.js';
export type { TypedTable } from './typed-table.js';
