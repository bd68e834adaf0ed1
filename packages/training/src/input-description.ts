import { isCount, isPositive, requireModel } from './require-model.js';

/** Turns values into (value - mean) / deviation; one entry per column that the block gives to the network. */
export interface Standardization {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** A part of what the first layer reads, made of one or some columns of a stored row. */
export type InputBlock =
  /** The columns as they are, ascending. */
  | { readonly kind: 'values'; readonly columns: readonly number[]; readonly standardization: Standardization | null }
  /** The column holds a category's index, 0 .. size - 1, or -1 for none of them: `size` columns, all 0 for -1. */
  | {
      readonly kind: 'oneHot';
      readonly column: number;
      readonly size: number;
      readonly standardization: Standardization | null;
    }
  /**
   * The column holds a category's index as above: its row of a trained table of size + 1 rows and `units` columns, whose
   * last row stands for -1. Starts within ±0.05, uniformly (Keras' default for Embedding); no penalty, no weight decay. An
   * optimizer's slots move for every row at every step, also for categories that are not in the batch.
   */
  | { readonly kind: 'embedding'; readonly column: number; readonly size: number; readonly units: number };

export type EmbeddingBlock = Extract<InputBlock, { kind: 'embedding' }>;

/**
 * How stored rows become the first layer's input: the blocks' columns, side by side in the order of the blocks. Part of the
 * model, so a loaded model needs nothing else. A column that no block names is one that the network does not see.
 */
export interface InputDescription {
  /** Columns of a stored row. */
  readonly width: number;
  readonly blocks: readonly InputBlock[];
}

/** Every column of a stored row as it is. */
export function plainInput(width: number): InputDescription {
  const columns = Array.from({ length: width }, (_, column) => column);
  return { width, blocks: [{ kind: 'values', columns, standardization: null }] };
}

/** Columns that the block gives to the first layer. */
export function blockWidth(block: InputBlock): number {
  switch (block.kind) {
    case 'values':
      return block.columns.length;
    case 'oneHot':
      return block.size;
    case 'embedding':
      return block.units;
  }
}

/** @throws {TrainingError} `BAD_MODEL`, naming the block and the value */
export function checkInput({ width, blocks }: InputDescription): void {
  requireModel(isCount(width), () => `input.width must be a positive integer, got ${width}`);
  requireModel(blocks.length > 0, () => 'input.blocks must hold one block at least');
  blocks.forEach((block, index) => {
    checkBlock(block, width, `input.blocks[${index}]`);
  });
}

function checkBlock(block: InputBlock, width: number, at: string): void {
  switch (block.kind) {
    case 'values': {
      const { columns } = block;
      const ascending = columns.every((c, i) => Number.isInteger(c) && c < width && c > (columns[i - 1] ?? -1));
      requireModel(ascending && columns.length > 0, () => `${at}.columns must be ascending within 0..${width - 1}`);
      checkStandardization(block.standardization, columns.length, at);
      return;
    }
    case 'oneHot':
      checkCategories(block, width, at);
      checkStandardization(block.standardization, block.size, at);
      return;
    case 'embedding':
      checkCategories(block, width, at);
      requireModel(isCount(block.units), () => `${at}.units must be a positive integer, got ${block.units}`);
      return;
  }
}

function checkCategories({ column, size }: { column: number; size: number }, width: number, at: string): void {
  const known = Number.isInteger(column) && column >= 0 && column < width;
  requireModel(known, () => `${at}.column must be within 0..${width - 1}, got ${column}`);
  requireModel(isCount(size), () => `${at}.size must be a positive integer, got ${size}`);
}

function checkStandardization(standardization: Standardization | null, width: number, at: string): void {
  if (standardization === null) return;
  const { mean, deviation } = standardization;
  requireModel(
    mean.length === width && deviation.length === width,
    () => `${at}: standardization needs ${width} means and deviations`,
  );
  requireModel(
    mean.every(Number.isFinite) && deviation.every(isPositive),
    () => `${at}: every deviation must be finite and > 0`,
  );
}
