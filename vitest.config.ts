import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Some tests start the command line many times over, on machines of two cores.
    testTimeout: 60_000,
  },
});
