// Finds the browser that the Studio is tested in: the one that is named, Playwright's own, the system's, the one that npm
// installed, and at last Debian's, installed when we may.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import chromium from "@sparticuz/chromium";
import { chromium as playwright } from "playwright-core";

export interface Browser {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly origin: string;
}

/** Headless, without a sandbox of its own (tests may run as root), without any call home. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const systemNames = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
];

export async function findBrowser(): Promise<Browser> {
  const named = process.env["CONTRAIL_TEST_BROWSER"];
  if (named !== undefined) return { executablePath: named, args, origin: "CONTRAIL_TEST_BROWSER" };
  const own = playwright.executablePath();
  if (own !== "" && existsSync(own)) return { executablePath: own, args, origin: "Playwright" };
  const system = [...systemNames, ...applications].find((path) => existsSync(path));
  if (system !== undefined) return { executablePath: system, args, origin: "system" };
  if (process.platform === "linux" && process.arch === "x64") {
    const packaged = await chromium.executablePath().catch(() => null);
    if (packaged !== null && startsUp(packaged)) return { executablePath: packaged, args, origin: "@sparticuz/chromium" };
  }
  if (process.platform === "linux" && process.getuid?.() === 0) {
    execFileSync("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], { stdio: "inherit" });
    return { executablePath: "/usr/bin/chromium", args, origin: "apt" };
  }
  throw new Error("No browser to test the Studio in. Install Chromium or Chrome, or name one in CONTRAIL_TEST_BROWSER.");
}

/** The packaged one needs a few system libraries; where they are missing another browser is looked for. */
function startsUp(executablePath: string): boolean {
  try {
    execFileSync(executablePath, ["--version", "--no-sandbox"], { stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
