import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureStatistics } from './feature-statistics.js';
import { isMissingFile } from './missing-file.js';
import { PreprocessingError } from './preprocessing-error.js';
import type { StoredColumn } from './recipe/feature.js';
import type { FeatureGroup, Learned } from './recipe/feature-set.js';
import { unreadable } from './regular-file.js';
import type { ColumnStatistics } from './running-statistics.js';
import type { SourceRole, SplitName } from './split-rule.js';
import type { TableRecipe } from './table-recipe.js';

export const MANIFEST_FILE = 'manifest.json';
export const REJECTS_FILE = 'rejects.csv';
/** Layout of the folder and the manifest; another number is another format. */
export const LAYOUT_VERSION = 2;

/** A pair of `.npy` files: x is float32 (rows, features), y is float32 (rows). */
export interface ShardEntry {
  readonly rows: number;
  readonly x: ShardFile;
  readonly y: ShardFile;
}

export interface ShardFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface SplitEntry {
  readonly rows: number;
  readonly shards: readonly ShardEntry[];
}

/** What became of one input file's rows: read = malformed + dropped + kept. */
export interface SourceEntry {
  readonly role: SourceRole;
  /** File name without folder, so that the manifest does not depend on where the file lies. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
  readonly malformed: number;
  /** By reason, in the order the reasons are tried; a row counts under the first one only. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly kept: Readonly<Record<SplitName, number>>;
}

/** A row that could not be read, and where. All of them are in `rejects.csv` beside the manifest. */
export interface Reject {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** `manifest.json`: what a prepared dataset holds and what it was made from. Plain data. */
export interface Manifest {
  readonly layout: typeof LAYOUT_VERSION;
  /** SHA-256 of everything the dataset was made from: contents of the files, recipe, settings, code version. */
  readonly key: string;
  readonly recipe: TableRecipe;
  /** What the recipe learned from the training rows before it was applied; a prediction needs it too. */
  readonly learned: Learned;
  /** The stored columns. */
  readonly features: readonly StoredColumn[];
  readonly groups: readonly FeatureGroup[];
  /** Bytes of a row in the shards: a float32 for each stored column and for the label. */
  readonly rowBytes: number;
  /** Over the training rows; one entry a feature. */
  readonly featureStatistics: readonly FeatureStatistics[];
  readonly label: ColumnStatistics & { readonly name: string };
  readonly shardRows: number;
  readonly splits: Readonly<Record<SplitName, SplitEntry>>;
  readonly sources: readonly SourceEntry[];
  /** Sums over the sources. */
  readonly dropped: Readonly<Record<string, number>>;
  readonly malformed: number;
  readonly firstRejects: readonly Reject[];
}

/**
 * Reads the manifest of a prepared dataset.
 * @throws {PreprocessingError} DATASET_NOT_FOUND, DATASET_DAMAGED, FILE_UNREADABLE
 */
export async function readManifest(dir: string): Promise<Manifest> {
  const file = join(dir, MANIFEST_FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (!isMissingFile(cause)) throw unreadable(file, cause);
    throw new PreprocessingError('DATASET_NOT_FOUND', 'there is no prepared dataset', {
      file,
      hint: 'Prepare the data first',
      cause,
    });
  });
  const manifest = parseJson(text, file);
  if (!isManifest(manifest)) {
    throw new PreprocessingError('DATASET_DAMAGED', 'this is no manifest that this version can read', {
      file,
      expected: `layout ${LAYOUT_VERSION}`,
      hint: 'Delete its folder and prepare the data again',
    });
  }
  return manifest;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PreprocessingError('DATASET_DAMAGED', 'the manifest is no JSON', {
      file,
      hint: 'Delete its folder and prepare the data again',
      cause,
    });
  }
}

/** Manifests are written by this package, whole or not at all; the layout number vouches for the rest. */
function isManifest(value: unknown): value is Manifest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'layout' in value &&
    value.layout === LAYOUT_VERSION &&
    'splits' in value &&
    'key' in value
  );
}
