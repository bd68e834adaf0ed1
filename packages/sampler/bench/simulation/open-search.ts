import { createSampler } from '@assay/sampler';
import { OPTUNA_SAMPLERS, openOptunaPeer, optunaSearch } from '../optuna/optuna-peer.js';
import { samplerSearch } from './sampler-search.js';
import type { StartSearch } from './searcher.js';

export interface OpenSearch {
  readonly start: StartSearch;
  close(): void;
}

const OPTUNA = 'optuna:';

/**
 * A searcher from a text: one of our samplers (`tpe:candidates=64`) or, with `ASSAY_PYTHON`, one of Optuna's
 * (`optuna:tpe`, `optuna:gp`, ...).
 * @throws {SamplerError} for a text that names neither
 */
export function openSearch(text: string): OpenSearch {
  if (!text.startsWith(OPTUNA)) return { start: samplerSearch(createSampler(text)), close: () => undefined };
  const sampler = OPTUNA_SAMPLERS.find((name) => `${OPTUNA}${name}` === text);
  const python = process.env.ASSAY_PYTHON;
  if (sampler === undefined)
    throw new Error(`${text} is none of ${OPTUNA_SAMPLERS.map((name) => OPTUNA + name).join(', ')}`);
  if (python === undefined) throw new Error(`${text} needs ASSAY_PYTHON, a Python that has optuna==5.0.0`);
  const peer = openOptunaPeer(python);
  return { start: optunaSearch(peer, sampler), close: peer.close };
}
