/** Alembic's head revision for Optuna 3.2 to 5.0, and the two versions that Optuna itself writes beside it. */
export const OPTUNA_REVISION = 'v3.2.0.a';
export const OPTUNA_SCHEMA_VERSION = 12;
export const OPTUNA_LIBRARY_VERSION = '5.0.0';

/** Of our own tables, which Optuna ignores. */
export const PRIVATE_SCHEMA_VERSION = 2;
