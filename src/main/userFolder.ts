import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import type { RecentProject } from "../model/studioApi.ts";

// What Contrail remembers about its user between runs: recent projects, parameter values, ports. Never inside a project.

const recentFile = z.array(z.object({ name: z.string(), path: z.string(), openedAt: z.number() }));
const portsFile = z.record(z.string(), z.int().min(1).max(65_535));
const parametersFile = z.record(z.string(), z.record(z.string(), z.string()));

/** Where the platform keeps an application's settings. */
export function userFolder(): string {
  if (process.env["CONTRAIL_HOME"] !== undefined) return process.env["CONTRAIL_HOME"];
  if (process.platform === "win32") return path.join(process.env["APPDATA"] ?? os.homedir(), "Contrail");
  if (process.platform === "darwin") return path.join(os.homedir(), "Library", "Application Support", "Contrail");
  return path.join(process.env["XDG_CONFIG_HOME"] ?? path.join(os.homedir(), ".config"), "contrail");
}

export function recentProjects(): RecentProject[] {
  return remembered().map((project) => ({ ...project, isMissing: !existsSync(project.path) }));
}

export function forgetProject(projectPath: string): void {
  write(
    "recent.json",
    remembered().filter((project) => project.path !== projectPath),
  );
}

export function rememberProject(project: { name: string; path: string }): void {
  const others = remembered().filter((other) => other.path !== project.path);
  write("recent.json", [{ ...project, openedAt: Date.now() }, ...others].slice(0, 20));
}

function remembered(): z.infer<typeof recentFile> {
  return read("recent.json", recentFile) ?? [];
}

/** Values for a template's parameters, kept per project folder. */
export function parametersOf(directory: string): Record<string, string> {
  return read("parameters.json", parametersFile)?.[directory] ?? {};
}

export function rememberParameters(directory: string, parameters: Readonly<Record<string, string>>): void {
  write("parameters.json", { ...read("parameters.json", parametersFile), [directory]: parameters });
}

/** Where the Studio stood last for a project: there a page that is still open finds it again. */
export function portOf(target: string): number | undefined {
  return read("ports.json", portsFile)?.[target];
}

export function rememberPort(target: string, port: number): void {
  const others = Object.entries(read("ports.json", portsFile) ?? {}).filter(([other]) => other !== target);
  write("ports.json", Object.fromEntries([[target, port], ...others].slice(0, 50)));
}

function read<T>(name: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(path.join(userFolder(), name), "utf8")));
  } catch {
    // missing or damaged: these are conveniences, so begin afresh
    return undefined;
  }
}

function write(name: string, value: unknown): void {
  try {
    mkdirSync(userFolder(), { recursive: true });
    const file = path.join(userFolder(), name);
    // parameters may be passwords: nobody else's business, also in a file that is there already
    writeFileSync(file, JSON.stringify(value, null, 2), { mode: 0o600 });
    chmodSync(file, 0o600);
  } catch (error) {
    process.emitWarning(
      `Contrail could not remember ${name} in ${userFolder()}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
