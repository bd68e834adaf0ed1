import { MemoryStudyStore } from './memory-study-store.js';
import { describeStudyStore } from './testing/index.js';

describeStudyStore('memory', async () => new MemoryStudyStore());
