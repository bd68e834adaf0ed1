import { autoSampler } from './auto/auto-sampler.js';
import { cmaEsSampler } from './cma-es/cma-es-sampler.js';
import { gpSampler } from './gp/gp-sampler.js';
import { gridSampler } from './grid/grid-sampler.js';
import { nsgaIISampler } from './nsga-ii/nsga-ii-sampler.js';
import { resolveOptions } from './option-rules.js';
import { parseSamplerText, type SamplerDescription } from './parse-sampler-text.js';
import { randomSampler } from './random-sampler.js';
import type { Sampler } from './sampler.js';
import { SamplerError } from './sampler-error.js';
import { sobolSampler } from './sobol/sobol-sampler.js';
import { tpeSampler } from './tpe/tpe-sampler.js';

/** The samplers that can be named on a command line or in a stored study. */
export const SAMPLER_NAMES = ['auto', 'tpe', 'gp', 'cma-es', 'nsga-ii', 'random', 'sobol', 'grid'] as const;
export type SamplerName = (typeof SAMPLER_NAMES)[number];

/**
 * A sampler from a command-line text (`tpe`, `sobol`, `tpe:startup=20,candidates=64`, `grid:resolution=5`, or JSON such
 * as `{"name":"grid","settings":{"points":{"lr":[0.1,0.01]}}}`) or from a description.
 * @throws {SamplerError} `BAD_SPEC`, `UNKNOWN_SAMPLER`, `UNKNOWN_OPTION`, `BAD_OPTION`; the message says what is allowed
 */
export function createSampler(description: string | SamplerDescription): Sampler {
  const { name, settings = {} } = typeof description === 'string' ? parseSamplerText(description) : description;
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new SamplerError(
      'BAD_SPEC',
      `settings of sampler ${name} must be an object, got ${JSON.stringify(settings)}`,
    );
  }
  return build(checkName(name), settings);
}

function checkName(name: unknown): SamplerName {
  const known = SAMPLER_NAMES.find((candidate) => candidate === name);
  if (known !== undefined) return known;
  const got = JSON.stringify(name) ?? 'nothing';
  throw new SamplerError('UNKNOWN_SAMPLER', `no sampler is called ${got}; allowed: ${SAMPLER_NAMES.join(', ')}`);
}

function build(name: SamplerName, settings: object): Sampler {
  switch (name) {
    case 'auto':
      resolveOptions(name, {}, {}, settings);
      return autoSampler();
    case 'tpe':
      return tpeSampler(settings);
    case 'gp':
      return gpSampler(settings);
    case 'cma-es':
      return cmaEsSampler(settings);
    case 'nsga-ii':
      return nsgaIISampler(settings);
    case 'grid':
      return gridSampler(settings);
    case 'random':
      resolveOptions(name, {}, {}, settings);
      return randomSampler();
    case 'sobol':
      resolveOptions(name, {}, {}, settings);
      return sobolSampler();
  }
}
