/** Alembic's head revision for Optuna 3.2 to 5.0, and the two versions that Optuna itself writes beside it. */
export const OPTUNA_REVISION = 'v3.2.0.a';
export const OPTUNA_SCHEMA_VERSION = 12;
export const OPTUNA_LIBRARY_VERSION = '5.0.0';

/** Of our own tables, which Optuna ignores. */
export const PRIVATE_SCHEMA_VERSION = 1;

/** The newest of our own tables, and so the mark that all are there: files of earlier versions lack it. */
export const NEWEST_PRIVATE_TABLE = 'assay_priors';
