import { defineConfig } from 'vitest/config';

/** Tests that take long because they kill processes and wait for others: `npm run test:slow`, and CI. */
const SLOW = '**/*.slow.test.ts';

export default defineConfig({
  test: {
    pool: 'forks', // native addons cannot be loaded twice in the threads of one process
    maxWorkers: '100%', // one fewer by default: a single one on two cores
    exclude: ['**/dist/**', '**/node_modules/**'],
    env: { CI: 'false' }, // Ink draws only the last frame in CI; what the tests look at are the others
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: [
            'packages/*/{src,bench}/**/*.test.{ts,tsx}',
            'apps/*/src/**/*.test.{ts,tsx}',
            'studies/*/**/*.test.ts',
            'test/**/*.test.ts',
          ],
          exclude: [SLOW],
        },
      },
      {
        extends: true,
        test: { name: 'slow', include: [SLOW] },
      },
    ],
  },
});
