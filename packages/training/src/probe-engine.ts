import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import type { TfjsBackend } from './tfjs/tfjs-backend.js';

export type ProbedEngine = 'onnx' | TfjsBackend;

export interface EngineProbe {
  readonly engine: ProbedEngine;
  /** Null: it predicts. Else why it does not. */
  readonly failure: string | null;
}

/** This package's folder, from where its own name resolves. */
const PACKAGE = resolve(import.meta.dirname, '..');
const TIME_LIMIT_MS = 60_000;

/**
 * Predicts one row with the engine in a process of its own, so that a native library that crashes takes nothing else along.
 */
export function probeEngine(engine: ProbedEngine): Promise<EngineProbe> {
  const args = ['--input-type=module', '--eval', program(engine)];
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: PACKAGE, timeout: TIME_LIMIT_MS }, (error, stdout) => {
      const told = /^probe (.*)$/m.exec(stdout)?.[1];
      if (error === null && told !== undefined) done({ engine, failure: JSON.parse(told) as string | null });
      else done({ engine, failure: `its process ended with ${error?.signal ?? `code ${error?.code ?? 0}`}` });
    });
  });
}

function program(engine: ProbedEngine): string {
  const open =
    engine === 'onnx'
      ? `(await selectEngine('onnx')).engine`
      : `await tfjsEngine(OPEN_GATE, { backends: ['${engine}'] })`;
  return `
    import { describeNetwork, initialState, OPEN_GATE, OPTIMIZER_DEFAULTS, plainInput, selectEngine, tfjsEngine } from '@assay/training';
    const tell = (failure) => console.log('probe ' + JSON.stringify(failure));
    try {
      const engine = ${open};
      const model = describeNetwork({ input: plainInput(2), inputNorm: false, hidden: [], activation: null, batchNorm: 'none' });
      const weights = { ...initialState(model, OPTIMIZER_DEFAULTS.sgd, 1), weights: Float32Array.of(2, 3, 4) };
      const predictor = await engine.createPredictor({ model, weights });
      const [predicted] = await predictor.predict(Float32Array.of(5, 6), 1);
      await predictor.dispose();
      tell(predicted === 32 ? null : 'it predicts ' + predicted + ' where 32 is right');
    } catch (error) {
      tell(error.message);
    }`;
}
