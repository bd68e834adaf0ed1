import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { float, space } from '@assay/space';
import { bestTrials, DEFINITION_DEFAULTS, newOwner, type StudyRecord, type StudyStore } from '@assay/study';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { openSqliteStore } from './open-store.js';
import { dump, itAgreesWithOptuna, NO_OPTUNA, optuna } from './optuna-agreement.test.kit.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-optuna-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

describe.skipIf(NO_OPTUNA !== '')(`Optuna's own package agrees on SQLite${NO_OPTUNA}`, () => {
  itAgreesWithOptuna(async () => `sqlite:///${join(folder, `${files++}.db`)}`);
});

/** Twelve complete trials at x = 0, 0.5, ... 5.5, then pruned and diverged ones in turn. */
async function makeSeveral(store: StudyStore): Promise<StudyRecord> {
  const parameters = space({ x: float(-10, 10) }).parameters;
  const definition = { ...DEFINITION_DEFAULTS, space: parameters, sampler: null, pruner: null, seed: 1, facts: {} };
  const directions = ['minimize', 'maximize'] as const;
  const study = await store.createStudy({ name: 'study', directions, metrics: ['a', 'b'], definition });
  const owner = newOwner();
  for (let number = 0; number < 18; number++) {
    const claim = await store.claimTrial(study.id, owner, null);
    if (claim.kind !== 'claimed') throw new Error(claim.kind);
    const { id } = claim.trial;
    const x = (number % 12) / 2;
    await store.writeParams(id, owner, { x }, parameters, null);
    await store.writeReports(id, owner, [{ step: 1, value: x }]);
    const reason = number % 2 === 0 ? 'pruned' : 'diverged';
    const pruned = { state: 'pruned', values: [], end: { reason, message: 'why' }, retry: false } as const;
    const complete = { state: 'complete', values: [x * x, x], end: null, retry: false } as const;
    await store.finishTrial(id, owner, number < 12 ? complete : pruned);
  }
  return study;
}

describe.skipIf(NO_OPTUNA !== '')(`Optuna goes on with several objectives${NO_OPTUNA}`, () => {
  it('where we have pruned trials, on which its TPE would raise were they PRUNED to it', async () => {
    const path = join(folder, 'several.db');
    const store = await openSqliteStore(path);
    const study = await makeSeveral(store);
    const before = await store.readTrials(study.id);
    expect(before.slice(12).map(({ state, end, reports }) => [state, end?.reason, reports[0]?.value])).toEqual(
      [0, 0.5, 1, 1.5, 2, 2.5].map((x, i) => ['pruned', i % 2 === 0 ? 'pruned' : 'diverged', x]),
    );
    const states = [...Array(12).fill('COMPLETE'), ...Array(6).fill('FAIL')];
    expect(dump(store.url).trials.map(({ state }) => state)).toEqual(states);
    const best: readonly number[] = JSON.parse(optuna('front', store.url));
    const after = await store.readTrials(study.id);
    expect(after.slice(0, 18)).toEqual(before);
    expect(after.slice(18).map(({ state, draw }) => [state, draw])).toEqual(Array(5).fill(['complete', null]));
    expect(best).toEqual(bestTrials(after, study.directions).map(({ number }) => number));
    expect(await store.claimTrial(study.id, newOwner(), 23)).toEqual({ kind: 'done' });
    await store.close();
    const database = new Database(path);
    database.exec(`UPDATE trials SET state = 'PRUNED' WHERE number = 12`);
    database.close();
    expect(() => optuna('front', `sqlite:///${path}`)).toThrow('A single direction cannot be retrieved');
  });
});
