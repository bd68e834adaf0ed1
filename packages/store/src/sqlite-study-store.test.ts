import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStudyStore } from '@assay/study/testing';
import { afterAll } from 'vitest';
import { openSqliteStore } from './open-store.js';

const folder = mkdtempSync(join(tmpdir(), 'assay-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;

describeStudyStore(
  'sqlite',
  () => openSqliteStore(join(folder, `${files++}.db`)),
  (store) => openSqliteStore(store.url.replace('sqlite:///', '')),
);
