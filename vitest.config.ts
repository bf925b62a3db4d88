import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["**/node_modules/**", "tests/studio/**"],
    // real processes and real databases: two at a time keeps them honest on two cores
    maxWorkers: 2,
    setupFiles: ["tests/support/propertySeed.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
