import type { TypedTable } from '../typed-table.js';
import { type Condition, columnsOfCondition, evaluateCondition } from './condition.js';
import { SeenRows } from './seen-rows.js';

/** Which rows are kept, as plain data. The others are dropped and counted under `reason`. */
export type Rule =
  | { readonly kind: 'keep'; readonly reason: string; readonly condition: Condition }
  /** The first row of those that agree in some columns; null for all declared columns. Takes up to 32 bytes a row. */
  | { readonly kind: 'unique'; readonly reason: string; readonly columns: readonly string[] | null };

/** Whether a row of the chunk is kept. Asked at most once for every row, in order, and not for rows that another rule dropped. */
export type RowCheck = (row: number) => boolean;

/** A rule at work on the chunks of a table. */
export function ruleChecker(rule: Rule): (table: TypedTable) => RowCheck {
  switch (rule.kind) {
    case 'keep':
      return (table) => {
        const mask = evaluateCondition(rule.condition, table);
        return (row) => mask[row] === 1;
      };
    case 'unique': {
      const seen = new SeenRows();
      return (table) => {
        const columns = rule.columns?.map((name) => table.column(name)) ?? table.columns;
        const isNew = seen.checker(table, columns);
        return (row) => isNew(row);
      };
    }
  }
}

export function columnsOfRule(rule: Rule): readonly string[] {
  return rule.kind === 'keep' ? columnsOfCondition(rule.condition) : (rule.columns ?? []);
}
