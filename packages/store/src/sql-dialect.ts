/** The little in which the databases differ, once the statements keep to what all of them understand. */
export interface SqlDialect {
  /** Unix milliseconds by the database's clock, as an expression. */
  readonly nowMs: string;
  /** How long the owner `o` has given no sign of life that it could have given, in milliseconds, as an expression. */
  readonly silentMs: string;
  /** Adds a study named `@name`; returns its `id`, which no study had before. */
  readonly addStudy: string;
  /**
   * Adds a trial of `@studyId` in `@state` since `@start`; returns its `id`, which is above all that ever were in this study,
   * and its `number`, the next one.
   */
  readonly addTrial: string;
  /** Ends a query for rows of `trials t` that are to be changed: others skip them meanwhile. */
  readonly takingTrials: string;
  /** The `name`s of all tables. */
  readonly listTables: string;
  /** Optuna's tables and version rows, where they are missing, as Optuna itself creates them. */
  readonly createOptunaTables: string;
  /** Our own, where there are none. */
  readonly createPrivateTables: string;
  /** By the version of our own tables: what leads from it to the next one. */
  readonly upgrades: Readonly<Record<number, string>>;
  /** How many `trials` of `@studyId` there are in each `state`. */
  readonly countTrials: string;
}
