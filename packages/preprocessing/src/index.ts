export { createAutoReader, READER_CHOICES, type ReaderChoice } from './choose-reader.js';
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
export { createDuckdbReader } from './duckdb/duckdb-reader.js';
export type { DuckdbLimits } from './duckdb/duckdb-session.js';
export { isAddress } from './duckdb/remote-source.js';
export { expandedNames, expandedStatistics, expandRows } from './expand-features.js';
export type { FeatureStatistics } from './feature-statistics.js';
export { type FeatureWarning, featureWarnings } from './feature-warnings.js';
export { matchingFiles } from './input-pattern.js';
export type { ColumnInspection } from './inspect/column-profile.js';
export { type InspectOptions, inspectTable, type TableInspection } from './inspect/inspect-table.js';
export type { InspectionWarning } from './inspect/inspection-warnings.js';
export type { LabelInspection } from './inspect/label-inspection.js';
export { RowSample } from './inspect/row-sample.js';
export type { Manifest, Reject, SourceEntry } from './manifest.js';
export {
  PREPARE_DEFAULTS,
  type PreparedTable,
  type PrepareOptions,
  type PrepareProgress,
  prepareTable,
} from './prepare-table.js';
export { PreprocessingError, type PreprocessingErrorCode } from './preprocessing-error.js';
export {
  bins,
  category,
  geohash,
  hashed,
  type PairPart,
  pair,
  type VocabularyOptions,
} from './recipe/category-builders.js';
export type { Comparison, Condition } from './recipe/condition.js';
export type { Feature, LearnedValue, StoredColumn } from './recipe/feature.js';
export { type FeatureGroup, type Learned, NOTHING_LEARNED } from './recipe/feature-set.js';
export {
  bearing,
  clip,
  cyclic,
  daysSince,
  filled,
  haversine,
  hour,
  log1p,
  manhattan,
  minutesBetween,
  missing,
  month,
  type NumberLike,
  point,
  scaled,
  standardized,
  weekday,
  year,
} from './recipe/number-builders.js';
export type { NumberExpression, Point } from './recipe/number-expression.js';
export { type ColumnDeclaration, type FeatureDeclaration, type RecipeDeclaration, recipe } from './recipe/recipe.js';
export type { Rule } from './recipe/rule.js';
export {
  allOf,
  allZero,
  anyOf,
  between,
  compare,
  dropIf,
  dropUnless,
  matches,
  not,
  oneOf,
  present,
  since,
  unique,
} from './recipe/rule-builders.js';
export { splitByGroup, splitByRows, splitByTime } from './recipe/split-builders.js';
export { generateTaxiRides, type RideOptions } from './rides/generate-taxi-rides.js';
export { createRandom, normal, type Random, weightedIndex } from './rides/random.js';
export { type WriteRidesOptions, writeTaxiRides } from './rides/write-taxi-rides.js';
export type { ColumnStatistics } from './running-statistics.js';
export { datasetBytes, loadShared, openShared, type SharedDataset } from './shared-dataset.js';
export { readSplitRows, type SplitRows, type SplitRowsPlan } from './split-rows.js';
export type { SplitName, SplitRule } from './split-rule.js';
export type { ColumnSpec, ColumnType, TableRecipe } from './table-recipe.js';
export { taxifareRecipe } from './taxi/taxifare-recipe.js';
export type { TimestampFormat } from './timestamp.js';
export { type TransformedRows, transformRows, transformTable } from './transform-rows.js';
export type { TypedTable } from './typed-table.js';
