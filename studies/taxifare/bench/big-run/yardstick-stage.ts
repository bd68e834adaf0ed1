import { type Dataset, openDataset } from 'assay';
import type { BigRun, Errors, Results } from './stages.js';

/** What the simplest models make of the same test rows. */
export async function yardstickStage(_run: BigRun, { prepare }: Results): Promise<Results['yardsticks']> {
  const dataset = await openDataset(prepare.dataset);
  const distance = dataset.manifest.features.findIndex(({ name }) => name === 'manhattan');
  const line = await leastSquaresLine(dataset, distance);
  const { mean } = dataset.manifest.label;
  const errors = {
    'predict the training mean': await errorsOf(dataset, () => mean),
    'linear regression on the Manhattan distance': await errorsOf(
      dataset,
      (x, from) => line.intercept + line.slope * x[from + distance]!,
    ),
  };
  return { lines: [], errors };
}

interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** Fare against a feature, over all training rows. */
async function leastSquaresLine({ manifest, readShard }: Dataset, column: number): Promise<Line> {
  const { mean: meanY } = manifest.label;
  const statistics = manifest.featureStatistics[column]!;
  const meanX = statistics.kind === 'number' ? statistics.mean : 0;
  let [xx, xy] = [0, 0];
  for (const index of manifest.splits.train.shards.keys()) {
    const { rows, x, y } = await readShard('train', index);
    for (let row = 0; row < rows; row++) {
      const deviation = x[row * manifest.features.length + column]! - meanX;
      xx += deviation * deviation;
      xy += deviation * (y[row]! - meanY);
    }
  }
  const slope = xy / xx;
  return { slope, intercept: meanY - slope * meanX };
}

async function errorsOf(
  { manifest, readShard }: Dataset,
  predict: (x: Float32Array, from: number) => number,
): Promise<Errors> {
  let [absolute, squared] = [0, 0];
  for (const index of manifest.splits.test.shards.keys()) {
    const { rows, x, y } = await readShard('test', index);
    for (let row = 0; row < rows; row++) {
      const error = predict(x, row * manifest.features.length) - y[row]!;
      absolute += Math.abs(error);
      squared += error * error;
    }
  }
  const { rows } = manifest.splits.test;
  return { mae: absolute / rows, rmse: Math.sqrt(squared / rows) };
}
