import { cp } from "node:fs/promises";
import path from "node:path";
import { type Starter, starterLanguages, starterPatterns } from "../model/starters.ts";
import { appFolder } from "./appFolder.ts";
import { miniatureAt } from "./examples.ts";

/** What a new project may begin with, each with its design in small. */
export async function starterList(): Promise<readonly Starter[]> {
  return Promise.all(
    starterPatterns.map(async (pattern) => ({ pattern, miniature: await miniatureAt(starterFolder(pattern, starterLanguages[0])) })),
  );
}

/** Into a folder that is there and empty. */
export async function copyStarter(pattern: Starter["pattern"], language: (typeof starterLanguages)[number], target: string): Promise<void> {
  await cp(starterFolder(pattern, language), target, { recursive: true });
}

function starterFolder(pattern: string, language: string): string {
  return path.join(appFolder(), "resources", "starters", pattern, language);
}
