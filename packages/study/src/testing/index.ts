export { describeStudyStore } from './describe-study-store.js';
