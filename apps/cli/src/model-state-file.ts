import path from 'node:path';
import {
  checkpointKey,
  type ModelDescription,
  type ModelState,
  readCheckpoint,
  writeCheckpoint,
} from '@assay/training';
import { CliError } from './cli-error.js';

/** Beside a model: its weights with the optimizer's slots, so that training can go on with newer rows. */
const STATE_FILE = 'state.checkpoint';

interface Trained {
  readonly model: ModelDescription;
  readonly state: ModelState;
}

export async function keepState(folder: string, { model, state }: Trained): Promise<void> {
  await writeCheckpoint(path.join(folder, STATE_FILE), checkpointKey(model), { state, history: [], best: null });
}

/** @throws {CliError} `NOT_A_MODEL` when the folder holds no state @throws {TrainingError} `BAD_STATE` for a damaged one */
export async function readState(folder: string): Promise<ModelState> {
  const checkpoint = await readCheckpoint(path.join(folder, STATE_FILE), undefined);
  if (checkpoint !== null) return checkpoint.state;
  const hint = 'Models written by an earlier version lack it: train once more with  assay train <study>@<trial>';
  throw new CliError('NOT_A_MODEL', `${folder} has no ${STATE_FILE} to go on from.`, hint);
}
