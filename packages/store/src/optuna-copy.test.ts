import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyStudy, type StudyStore, type TrialRecord } from '@assay/study';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from './open-store.js';
import { dump, NO_OPTUNA, optuna } from './optuna-agreement.test.kit.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-copy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pathOf = (name: string): string => join(folder, `${name}.db`);

async function open(name: string): Promise<StudyStore> {
  const store = await openSqliteStore(pathOf(name));
  onTestFinished(() => store.close());
  return store;
}

const bare = ({ id: _, ...trial }: TrialRecord) => trial;

describe.skipIf(NO_OPTUNA !== '')(`a copy of Optuna's own study${NO_OPTUNA}`, () => {
  it('is the same to Optuna and to us, odd choices and NaN included; what ran has failed', async () => {
    optuna('make', `sqlite:///${pathOf('theirs')}`);
    const [from, to] = [await open('theirs'), await open('ours')];
    const study = (await from.findStudy('study'))!;
    expect(study.definition).toBeNull();
    const copy = await copyStudy(from, study, to);
    const [was, is] = [dump(from.url), dump(to.url)];
    const isRunning = ({ state }: { readonly state: string }): boolean => state === 'RUNNING';
    expect(was.trials.filter(isRunning).length).toBeGreaterThan(0);
    // Both forms of constraints are one to us; Optuna reads the list as well.
    const constraints = (system: object) => Object.entries(system).filter(([key]) => key.startsWith('constraints'));
    expect(is.trials.map(({ system }) => constraints(system).length)).toEqual(
      was.trials.map(({ system }) => constraints(system).length),
    );
    const comparable = (trials: typeof was.trials) =>
      trials.filter((_, number) => !isRunning(was.trials[number]!)).map(({ system: _, ...trial }) => trial);
    expect(comparable(is.trials)).toEqual(comparable(was.trials));
    expect(is.trials.filter((_, number) => isRunning(was.trials[number]!)).map(({ state }) => state)).toEqual(
      was.trials.filter(isRunning).map(() => 'FAIL'),
    );
    expect([is.best, is.directions, is.metrics]).toEqual([was.best, was.directions, was.metrics]);
    const trials = await from.readTrials(study.id, { details: true });
    const copied = await to.readTrials(copy.id, { details: true });
    const ended = ({ state }: TrialRecord): boolean => state !== 'running';
    expect(copied.filter((_, number) => ended(trials[number]!)).map(bare)).toEqual(trials.filter(ended).map(bare));
  });
});

it('keeps notes where optuna-dashboard shows and edits them', async () => {
  const store = await open('notes');
  const definition = { space: [], sampler: null, pruner: null, seed: 1, facts: {}, budget: null } as never;
  const study = await store.createStudy({ name: 's', directions: ['minimize'], metrics: [], definition });
  await store.enqueueTrial(study.id, {});
  const [trial] = await store.readTrials(study.id);
  const note = '🚕'.repeat(3_000);
  await store.markTrial(trial!.id, { note });
  await store.markTrial(trial!.id, { addTags: ['no new version'] });
  const attributes = (): ReadonlyMap<string, unknown> => {
    const database = new Database(pathOf('notes'), { readonly: true });
    const rows = database.prepare('SELECT "key", value_json AS value FROM study_system_attributes').all();
    database.close();
    return new Map((rows as { key: string; value: string }[]).map(({ key, value }) => [key, JSON.parse(value)]));
  };
  expect(attributes()).toEqual(
    new Map<string, unknown>([
      ['dashboard:1:note_ver', 1],
      ['dashboard:1:note_str:0', '🚕'.repeat(2_045)],
      ['dashboard:1:note_str:1', '🚕'.repeat(955)],
    ]),
  );
  await store.markTrial(trial!.id, { note: 'short' });
  expect(attributes()).toEqual(
    new Map<string, unknown>([
      ['dashboard:1:note_ver', 2],
      ['dashboard:1:note_str:0', 'short'],
    ]),
  );
  expect((await store.readStudyAttributes(study.id)).system).toEqual({});
  const database = new Database(pathOf('notes'));
  database.exec(
    `UPDATE study_system_attributes SET value_json = '"edited there"' WHERE "key" = 'dashboard:1:note_str:0'`,
  );
  database.close();
  expect((await store.readTrials(study.id))[0]?.marks).toEqual({
    note: 'edited there',
    tags: ['no new version'],
    ignored: false,
  });
});
