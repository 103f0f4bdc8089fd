import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Libraries are taken as they stand, as those in node_modules are.
    server: { deps: { external: [/\/actions\/vendor\//] } },
    // Some tests start the command line many times over, on machines of two cores.
    testTimeout: 60_000,
  },
});
