import type { Prior, StudyDefinition, StudyRecord } from '@assay/study';
import { DEFINITION_DEFAULTS, StoreError } from '@assay/study';
import { readJson } from './json-text.js';
import { type OrderedValues, orderedValues } from './param-codec.js';
import type { SqlSession } from './sql-database.js';
import { FIND_STUDY_BY_NAME, GET_STUDY, LIST_STUDIES, READ_DEFINITION, READ_PRIOR } from './study-statements.js';

interface StudyRow {
  readonly id: number;
  readonly name: string;
  readonly definition: string | null;
  readonly createdMs: number | null;
  /** MINIMIZE or MAXIMIZE per objective, with commas between. */
  readonly directions: string;
  readonly metrics: string | null;
}

/** Studies as records, whoever made them. */
export class StudyReader {
  /** A space never changes, but an id may come to mean another study: kept by the definition's text. */
  readonly #ordered = new Map<string, OrderedValues>();

  async find(db: SqlSession, name: string): Promise<StudyRecord | null> {
    const row = await db.get<StudyRow>(FIND_STUDY_BY_NAME, { name });
    return row === undefined ? null : recordOf(row);
  }

  /** @throws {StoreError} `STUDY_NOT_FOUND` */
  async require(db: SqlSession, studyId: number): Promise<StudyRecord> {
    const row = await db.get<StudyRow>(GET_STUDY, { studyId });
    if (row === undefined) throw notFound(db, studyId);
    return recordOf(row);
  }

  async list(db: SqlSession): Promise<readonly StudyRecord[]> {
    return (await db.all<StudyRow>(LIST_STUDIES)).map(recordOf);
  }

  async prior(db: SqlSession, studyId: number): Promise<Prior> {
    const row = await db.get<{ prior: string }>(READ_PRIOR, { studyId });
    return row === undefined ? [] : (readJson(row.prior) as unknown as Prior);
  }

  /** The ordered parameters of a study's space; none for another tool's. @throws {StoreError} `STUDY_NOT_FOUND` */
  async requireOrdered(db: SqlSession, studyId: number): Promise<OrderedValues> {
    const row = await db.get<{ definition: string | null }>(READ_DEFINITION, { studyId });
    if (row === undefined) throw notFound(db, studyId);
    if (row.definition === null) return {};
    let ordered = this.#ordered.get(row.definition);
    if (ordered === undefined) {
      ordered = orderedValues(definitionOf(row.definition).space);
      this.#ordered.set(row.definition, ordered);
    }
    return ordered;
  }
}

function notFound({ url }: SqlSession, studyId: number): StoreError {
  return new StoreError('STUDY_NOT_FOUND', `${url} has no study with id ${studyId}`);
}

function recordOf({ id, name, definition, createdMs, directions, metrics }: StudyRow): StudyRecord {
  return {
    id,
    name,
    directions: directions.split(',').map((direction) => (direction === 'MAXIMIZE' ? 'maximize' : 'minimize')),
    metrics: metrics === null ? [] : (readJson(metrics) as readonly string[]),
    definition: definition === null ? null : definitionOf(definition),
    createdMs,
  };
}

/** Files of earlier versions leave some of it out. */
function definitionOf(text: string): StudyDefinition {
  return { ...DEFINITION_DEFAULTS, ...(readJson(text) as unknown as StudyDefinition) };
}
