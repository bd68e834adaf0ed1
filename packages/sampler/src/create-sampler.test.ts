import { describe, expect, it } from 'vitest';
import { createSampler } from './create-sampler.js';

describe('createSampler', () => {
  it.each([
    { text: 'tpe', name: 'tpe', settings: { startup: 10, candidates: 24 } },
    { text: ' tpe: startup=20, candidates=64 ', name: 'tpe', settings: { startup: 20, candidates: 64 } },
    { text: 'tpe:start=random,gamma=2.5e-1', name: 'tpe', settings: { start: 'random', gamma: 0.25 } },
    { text: 'sobol', name: 'sobol', settings: {} },
    { text: 'random', name: 'random', settings: {} },
    { text: 'grid:resolution=4', name: 'grid', settings: { resolution: 4 } },
    { text: '{"name":"grid","settings":{"points":{"lr":[1,2]}}}', name: 'grid', settings: { points: { lr: [1, 2] } } },
  ])('reads $text', ({ text, name, settings }) => {
    const sampler = createSampler(text);
    expect(sampler).toMatchObject({ name, settings });
    expect(createSampler({ name: sampler.name, settings: sampler.settings }).settings).toEqual(sampler.settings);
  });

  it.each([
    { text: 'tpa', code: 'UNKNOWN_SAMPLER', says: /"tpa"; allowed: .*tpe, .*grid/ },
    { text: '', code: 'UNKNOWN_SAMPLER', says: /""/ },
    { text: 'tpe:startups=2', code: 'UNKNOWN_OPTION', says: /'startups'; allowed: startup, start, / },
    { text: 'random:n=2', code: 'UNKNOWN_OPTION', says: /'n'; it takes none/ },
    { text: 'tpe:startup=0', code: 'BAD_OPTION', says: /startup must be a whole number of at least 1, got 0/ },
    { text: 'tpe:start=lhs', code: 'BAD_OPTION', says: /start must be one of sobol, random, got "lhs"/ },
    { text: 'tpe:gamma=1.5', code: 'BAD_OPTION', says: /gamma must be a number from 0 to 1, got 1.5/ },
    { text: 'tpe:64', code: 'BAD_SPEC', says: /"64": expected option=value/ },
    { text: 'tpe:startup=', code: 'BAD_SPEC', says: /expected option=value/ },
    { text: 'tpe:startup=3,startup=4', code: 'BAD_SPEC', says: /given twice/ },
    { text: '{"name":', code: 'BAD_SPEC', says: /JSON/ },
    { text: '{"name":"tpe","settings":[1]}', code: 'BAD_SPEC', says: /must be an object, got \[1\]/ },
    { text: '{"name":"grid","settings":{"points":3}}', code: 'BAD_OPTION', says: /points must be an object/ },
  ])('refuses $text', ({ text, code, says }) => {
    expect(() => createSampler(text)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(says) }));
  });
});
