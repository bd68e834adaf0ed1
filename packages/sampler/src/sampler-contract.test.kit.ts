import { float, space, validateValues } from '@assay/space';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyContext, contextOf, randomTrials } from './contexts.test.kit.js';
import { createSampler } from './create-sampler.js';
import { createRng } from './rng.js';
import type { Sampler, SamplerContext } from './sampler.js';
import { SamplerError } from './sampler-error.js';

/** What every sampler promises, whatever the space and the study look like. */
export function describeSampler(name: string, make: () => Sampler): void {
  const plane = space({ x: float(0, 1), y: float(1e-3, 1, { log: true }) }).parameters;
  const someTrials = randomTrials(plane, 30);

  describe(`Sampler contract: ${name}`, () => {
    it('suggests a value in range for every active parameter, and no other', () => {
      fc.assert(
        fc.property(contextsFor(make()), (context) => {
          const suggestion = make().suggest(context);
          if (suggestion !== null) validateValues(context.space, suggestion.params);
        }),
        { numRuns: 300, seed: 1 },
      );
    });

    it('suggests the same for the same context: from a used or a new sampler, trials in any order', () => {
      fc.assert(
        fc.property(contextsFor(make()), (context) => {
          const used = make();
          const first = used.suggest(context);
          used.suggest({ ...context, draw: context.draw + 1, rng: createRng(5) });
          expect(used.suggest(context)).toEqual(first);
          expect(make().suggest(shuffledCopy(context))).toEqual(first);
        }),
        { numRuns: 100, seed: 2 },
      );
    });

    it('leaves the context as it was', () => {
      const rng = createRng(3);
      const history = [...someTrials].reverse();
      make().suggest(contextOf(plane, { history, rng }));
      expect(history).toEqual([...someTrials].reverse());
      expect(rng.next()).toBe(createRng(3).next());
    });

    it.each([{ history: [] }, { history: someTrials }])(
      'differs between draws and between seeds ($history.length trials)',
      ({ history }) => {
        const suggest = (draw: number, studySeed: number): string =>
          JSON.stringify(make().suggest(contextOf(plane, { history, draw, studySeed })));
        const suggestions = [suggest(0, 1), suggest(1, 1), suggest(2, 1), suggest(0, 2), suggest(0, 3)];
        expect(new Set(suggestions).size).toBe(suggestions.length);
      },
    );

    it('comes back from its stored settings', () => {
      const { name: stored, settings } = JSON.parse(JSON.stringify(make())) as Sampler;
      const again = createSampler({ name: stored, settings });
      expect(again.settings).toEqual(make().settings);
      const context = contextOf(plane, { history: someTrials, draw: 4 });
      expect(again.suggest(context)).toEqual(make().suggest(context));
    });
  });
}

/** Studies that the sampler does not refuse. */
function contextsFor({ check }: Sampler): fc.Arbitrary<SamplerContext> {
  return anyContext.filter(({ space, directions }) => {
    try {
      check?.(space, directions);
      return true;
    } catch (error) {
      if (error instanceof SamplerError) return false;
      throw error;
    }
  });
}

/** An equal context made of other objects, trials in reverse. */
function shuffledCopy(context: SamplerContext): SamplerContext {
  const { history, running, prior, draw, studySeed } = context;
  return {
    ...context,
    history: structuredClone([...history].reverse()),
    running: structuredClone([...running].reverse()),
    prior: structuredClone([...prior].reverse()),
    rng: createRng(studySeed).fork(draw),
  };
}
