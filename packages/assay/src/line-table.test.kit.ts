import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { recipe, splitByRows, type TableRecipe } from '@assay/preprocessing';
import { float, type Infer, int, space } from '@assay/space';
import { describeNetwork, OPTIMIZER_DEFAULTS, plainInput } from '@assay/training';
import { afterAll } from 'vitest';
import type { TableWorkload } from './table-study.js';

/** Rows of the training file: at most 8,192 go into a shard, so they make three. */
export const TRAIN_ROWS = 20_000;
export const VALIDATION_ROWS = 500;

export const lineSpace = space({
  rate: float(1e-30, 1e30, { log: true }),
  passes: int(1, 20),
  patience: int(0, 20),
});

export type LineParams = Infer<typeof lineSpace>;

/** y = 3a - 2b + 1, which a single linear unit learns to the last digits. */
export const LEARNS: LineParams = { rate: 0.1, passes: 5, patience: 0 };
/** Every report is better than the one before, and far from done. */
export const CREEPS: LineParams = { rate: 1e-4, passes: 2, patience: 0 };
/** Steps too small for a float32 weight to notice. */
export const STANDS: LineParams = { rate: 1e-30, passes: 20, patience: 1 };
export const DIVERGES: LineParams = { rate: 1e30, passes: 5, patience: 0 };

/** A folder that is gone when the file's tests are through. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-table-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * A linear unit on two columns, without a hidden layer. A patience of 0 stands for none.
 * @param testShare of the training file's rows
 * @param badRows lines at the end of the training file that hold no number
 */
export function lineTable(folder: string, testShare = 0.1, badRows = 0): TableWorkload<LineParams> {
  const train = path.join(folder, 'train.csv');
  const validation = path.join(folder, 'validation.csv');
  writeFileSync(train, csv(0, TRAIN_ROWS) + 'no,number,here\n'.repeat(badRows));
  writeFileSync(validation, csv(TRAIN_ROWS, VALIDATION_ROWS));
  return {
    recipe: lineRecipe(testShare),
    sources: async () => ({ train: [train], validation: [validation], description: 'points of a plane' }),
    fit: ({ rate, passes, patience }, { features }) => ({
      model: describeNetwork({
        input: plainInput(features.length),
        inputNorm: false,
        hidden: [],
        activation: null,
        batchNorm: 'none',
      }),
      training: {
        loss: { kind: 'mse' },
        optimizer: OPTIMIZER_DEFAULTS.sgd,
        schedule: { kind: 'constant', rate },
        clipNorm: null,
        batchSize: 128,
      },
      passes,
      epochsPerShard: 1,
      patiencePasses: patience === 0 ? null : patience,
    }),
  };
}

/** 1009 and 997 are primes, so the first million points differ. */
function csv(from: number, rows: number): string {
  const lines = Array.from({ length: rows }, (_, index) => {
    const a = ((from + index) % 1009) / 1009;
    const b = ((from + index) % 997) / 997;
    return `${a},${b},${3 * a - 2 * b + 1}\n`;
  });
  return `a,b,y\n${lines.join('')}`;
}

function lineRecipe(test: number): TableRecipe {
  return recipe({
    name: 'line',
    columns: { a: 'number', b: 'number', y: 'number' },
    label: 'y',
    features: { both: { a: 'a', b: 'b' } },
    split: splitByRows({ test }),
  });
}
