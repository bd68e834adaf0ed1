export { DEFAULT_STORE, type OpenStoreOptions, openSnapshot, openSqliteStore, openStore } from './open-store.js';
export { maskUrl, type StoreLocation, storeLocation } from './store-url.js';
