import { defineConfig } from "@playwright/test";
import { findBrowser } from "./tests/support/browser.ts";

const { executablePath, args } = await findBrowser();

export default defineConfig({
  testDir: "tests/studio",
  outputDir: "test-results",
  snapshotPathTemplate: "{testDir}/approved/{arg}{ext}",
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: { executablePath, args: [...args] },
    screenshot: "only-on-failure",
    trace: "off",
    actionTimeout: 10_000,
  },
});
