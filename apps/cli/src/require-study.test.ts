import { createStudy, MemoryStudyStore } from '@assay/study';
import { expect, it } from 'vitest';
import { requireStudy } from './require-study.js';
import { storeCommand } from './store-command.js';

it.each([
  { studies: 0, says: 'it holds no studies.' },
  { studies: 2, says: 'it holds s0, s1.' },
  {
    studies: 12,
    says: `it holds s2, s3, s4, s5, s6, s7, s8, s9, s10, s11 and 2 more (${storeCommand('memory:', 'studies')}  lists them).`,
  },
])('names the newest ten of $studies studies where the one asked for is not there', async ({ studies, says }) => {
  const store = new MemoryStudyStore();
  for (let i = 0; i < studies; i++) await createStudy({ store, name: `s${i}` });
  const error = await requireStudy(store, 'nope').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'STUDY_NOT_FOUND', message: expect.stringContaining(says) as string });
});
