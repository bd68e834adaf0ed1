import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks', // native addons cannot be loaded twice in the threads of one process
    include: [
      'packages/*/{src,bench}/**/*.test.{ts,tsx}',
      'apps/*/src/**/*.test.{ts,tsx}',
      'studies/*/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    exclude: ['**/dist/**', '**/node_modules/**'],
    env: { CI: 'false' }, // Ink draws only the last frame in CI; what the tests look at are the others
    testTimeout: 30_000,
  },
});
