import { MemoryStudyStore } from './memory-study-store.js';
import { itArchivesStudies } from './testing/archive-contract.js';
import { describeStudyStore } from './testing/index.js';
import { itKeepsMarks } from './testing/marks-contract.js';
import { itReadsParts } from './testing/read-contract.js';

describeStudyStore('memory', async () => new MemoryStudyStore());
itReadsParts(async () => new MemoryStudyStore());
itKeepsMarks(async () => new MemoryStudyStore());
itArchivesStudies(async () => new MemoryStudyStore());
