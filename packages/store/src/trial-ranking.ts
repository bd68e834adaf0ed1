import { isFeasible, type StudyRecord, type TrialRanking } from '@assay/study';
import type { SqlSession } from './sql-database.js';
import { constraintsOf } from './stored-constraints.js';
import type { StoredNumber } from './stored-number.js';

/** Complete trials of a study that nobody has ignored, with one kind of value, the best first. */
const WHERE = `t.trial_id = v.trial_id AND t.study_id = @studyId AND t.state = 'COMPLETE'
  AND v.objective = @objective AND v.value_type = @type
  AND NOT EXISTS (SELECT 1 FROM assay_marks m WHERE m.trial_id = t.trial_id AND m.ignored = 1)`;

const CONSTRAINTS = `(SELECT string_agg(s.value_json, '|') FROM trial_system_attributes s
  WHERE s.trial_id = t.trial_id AND s."key" LIKE 'constraints%')`;

/** SQLite joins in the order of a CROSS JOIN: along the values, or along the study's trials. */
function ranking(tables: string, order: 'ASC' | 'DESC'): string {
  return `SELECT t.trial_id AS id, ${CONSTRAINTS} AS constraints FROM ${tables} WHERE ${WHERE}
    ORDER BY v.value ${order}, v.trial_id LIMIT @limit OFFSET @offset`;
}

const ALONG_VALUES = 'trial_values v CROSS JOIN trials t';
const ALONG_TRIALS = 'trials t CROSS JOIN trial_values v';

const COUNT_NUMBERS = 'SELECT coalesce(max(number), 0) AS newest FROM trials WHERE study_id = @studyId';

/** Up to here sorting a study's values costs less than what other studies of the file may put in the way. */
const FEW_TRIALS = 5_000;

type ValueType = Exclude<StoredNumber['type'], 'NAN'>;
const ASCENDING: readonly ValueType[] = ['INF_NEG', 'FINITE', 'INF_POS'];

/** Ids of the trials that count, the best first by one objective; of equal ones the earliest comes first. */
export async function rankedIds(
  db: SqlSession,
  studyId: number,
  direction: StudyRecord['directions'][number],
  { objective = 0, offset = 0, limit }: TrialRanking,
): Promise<readonly number[]> {
  const { newest } = (await db.get<{ newest: number }>(COUNT_NUMBERS, { studyId }))!;
  const tables = newest < FEW_TRIALS ? ALONG_TRIALS : ALONG_VALUES;
  const sql = ranking(tables, direction === 'minimize' ? 'ASC' : 'DESC');
  const types = direction === 'minimize' ? ASCENDING : ASCENDING.toReversed();
  const wanted = offset + limit;
  const ids: number[] = [];
  for (const type of types) {
    let read = 0;
    for (let chunk = wanted; ids.length < wanted && chunk > 0; chunk *= 2) {
      const rows = await db.all<RankedRow>(sql, { studyId, objective, type, limit: chunk, offset: read });
      ids.push(...rows.filter(isFeasibleRow).map(({ id }) => id));
      read += rows.length;
      if (rows.length < chunk) break;
    }
  }
  return ids.slice(offset, wanted);
}

interface RankedRow {
  readonly id: number;
  /** Of each attribute that holds some, as JSON; null where there are none. */
  readonly constraints: string | null;
}

function isFeasibleRow({ constraints }: RankedRow): boolean {
  return (
    constraints === null || constraints.split('|').every((text) => isFeasible({ constraints: constraintsOf(text) }))
  );
}
