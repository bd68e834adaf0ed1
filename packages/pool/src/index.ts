export { defaultWorkers, type WorkerNeeds } from './default-workers.js';
export { loadStudy } from './load-study.js';
export { createPool, type PoolOptions } from './pool.js';
export { PoolError, type PoolErrorCode } from './pool-error.js';
