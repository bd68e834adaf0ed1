export { DEFAULT_STORE, type OpenStoreOptions, openSqliteStore, openStore } from './open-store.js';
export { maskUrl } from './store-url.js';
