import {
  type Chunk,
  describeNetwork,
  type InputBlock,
  type ModelDescription,
  type NetworkOptions,
  OPTIMIZER_DEFAULTS,
  plainInput,
  randomStream,
  type TrainingDescription,
} from '@assay/training';

export const BATCH = 256;
export const ROWS = 40 * BATCH;

export const TRAINING: TrainingDescription = {
  loss: { kind: 'mse' },
  optimizer: OPTIMIZER_DEFAULTS.adam,
  schedule: { kind: 'constant', rate: 0.001 },
  clipNorm: null,
  batchSize: BATCH,
};

/** One of the networks that every engine and peer trains; `time_peers.py` builds the same. */
export interface BenchNetwork {
  readonly name: 'plain' | 'dropout' | 'batch norm' | 'both' | 'embeddings';
  readonly model: ModelDescription;
  readonly chunk: Chunk;
}

const WIDTH = 65;
const ZONES = 265;
const NUMBERS = 6;

const PLAIN: NetworkOptions = {
  input: plainInput(WIDTH),
  inputNorm: false,
  hidden: [100, 50].map((units) => ({ units, dropout: 0, l1: 0, l2: 0 })),
  activation: 'relu',
  batchNorm: 'none',
};
const DROPPING = PLAIN.hidden.map((block) => ({ ...block, dropout: 0.1 }));
const zones = (column: number): InputBlock => ({ kind: 'embedding', column, size: ZONES, units: 8 });
const EMBEDDINGS: NetworkOptions = {
  ...PLAIN,
  input: {
    width: NUMBERS + 2,
    blocks: [
      { kind: 'values', columns: [0, 1, 2, 3, 4, 5], standardization: null },
      zones(NUMBERS),
      zones(NUMBERS + 1),
    ],
  },
};

export function benchNetworks(): BenchNetwork[] {
  const numbers = numberChunk();
  const variants = [
    ['plain', PLAIN],
    ['dropout', { ...PLAIN, hidden: DROPPING }],
    ['batch norm', { ...PLAIN, inputNorm: true, batchNorm: 'after' }],
    ['both', { ...PLAIN, inputNorm: true, batchNorm: 'after', hidden: DROPPING }],
  ] as const satisfies readonly (readonly [BenchNetwork['name'], NetworkOptions])[];
  return [
    ...variants.map(([name, options]) => ({ name, model: describeNetwork(options), chunk: numbers })),
    { name: 'embeddings', model: describeNetwork(EMBEDDINGS), chunk: zoneChunk() },
  ];
}

function numberChunk(): Chunk {
  const stream = randomStream(1, 'bench');
  return { rows: ROWS, x: Float32Array.from({ length: ROWS * WIDTH }, () => stream.next()), y: labels() };
}

function zoneChunk(): Chunk {
  const stream = randomStream(1, 'zones');
  const width = NUMBERS + 2;
  const x = Float32Array.from({ length: ROWS * width }, (_, i) =>
    i % width < NUMBERS ? stream.next() : Math.floor(stream.next() * ZONES),
  );
  return { rows: ROWS, x, y: labels() };
}

function labels(): Float32Array {
  const stream = randomStream(1, 'labels');
  return Float32Array.from({ length: ROWS }, () => 10 * stream.next());
}
