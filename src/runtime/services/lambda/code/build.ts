// Local code to a Program: TypeScript is bundled by esbuild (packages stay outside, unless SAM's BuildProperties say
// otherwise); JavaScript runs as written, esbuild only tells which files it is made of and whether they parse.
import { readFile } from "node:fs/promises";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { BuildFailure, BuildOptions, BuildResult, Loader, Message } from "esbuild";
import type { Problem } from "../../../../model/problem.ts";
import type { ServedSource } from "../environment/protocol.ts";
import type { BuildProperties, LocalCode } from "../function.ts";
import type { Program } from "./program.ts";
import { said, words } from "../../../../model/words.ts";

const typeScript = /\.[cm]?tsx?$/;
const extensions = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"];

export async function buildProgram(code: LocalCode, handler: string): Promise<Program> {
  const entry = findEntry(code, handler);
  // No such file: Lambda's own error at the first invocation says so.
  if (entry === undefined) return { root: code.root, sources: [], inputs: new Set(), problems: [missingHandler(code, handler)] };
  return typeScript.test(entry) ? buildTypeScript(code, entry) : readJavaScript(code, entry);
}

async function buildTypeScript(code: LocalCode, entry: string): Promise<Program> {
  const preferred = code.build.format ?? (isModuleScope(entry) ? "esm" : "cjs");
  let built = await tryBuild(code, bundleOptions(code, entry, preferred));
  let format = preferred;
  // what only ESM can do (top-level await, import.meta): built as that where nobody asked for a format
  if (code.build.format === undefined && format === "cjs" && needsEsm(built)) {
    format = "esm";
    built = await tryBuild(code, bundleOptions(code, entry, format));
  }
  const problems = problemsOf(built, code);
  if (built.type === "failed") return brokenProgram(code, entry, built, problems);
  const output = built.result.outputFiles?.find((file) => !file.path.endsWith(".map"));
  const sources: ServedSource[] = [{ path: entry, format: format === "esm" ? "module" : "commonjs", source: output?.text ?? "" }];
  return { root: code.root, entry, sources, inputs: inputsOf(built.result, code), problems };
}

async function readJavaScript(code: LocalCode, entry: string): Promise<Program> {
  const built = await tryBuild(code, { ...bundleOptions(code, entry, "esm"), sourcemap: false, banner: {}, define: {} });
  const problems = problemsOf(built, code);
  // an import that leads nowhere is an error when it runs, not before
  const isBroken = built.type === "failed" && built.errors.some((error) => !/^Could not resolve|No loader is configured/.test(error.text));
  if (built.type === "failed" && isBroken) return brokenProgram(code, entry, built, problems);
  const inputs = built.type === "built" ? inputsOf(built.result, code) : new Set([entry]);
  const scripts = [...inputs].filter((file) => /\.[cm]?js$/.test(file));
  const sources = await Promise.all(scripts.map(sourceOf));
  return { root: code.root, entry, sources: sources.filter((source) => source !== undefined), inputs, problems };
}

/** What went away since it was found is looked for again when it is loaded: that fails as on Lambda, with the invocation. */
async function sourceOf(file: string): Promise<ServedSource | undefined> {
  try {
    return { path: file, source: await readFile(file, "utf8") };
  } catch {
    return undefined;
  }
}

function bundleOptions(code: LocalCode, entry: string, format: "cjs" | "esm"): BuildOptions & { write: false } {
  const { build } = code;
  return {
    entryPoints: [entry],
    absWorkingDir: code.projectDirectory,
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    target: build.target ?? "node22",
    format,
    sourcemap: "inline",
    sourcesContent: false,
    outfile: entry,
    allowOverwrite: true,
    logLevel: "silent",
    // what the project has installed is loaded as it is: quicker to build, and no two copies of one package
    packages: "external",
    external: [...build.external],
    define: { ...build.define },
    loader: build.loader as Record<string, Loader>,
    ...(build.mainFields.length > 0 && { mainFields: [...build.mainFields] }),
    banner: { ...build.banner, ...(format === "esm" && build.banner["js"] === undefined && { js: requireBanner }) },
  };
}

/** Code written for CommonJS that is built as ESM still finds `require`. */
const requireBanner = `import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);`;

type Built =
  | { readonly type: "built"; readonly result: BuildResult }
  | { readonly type: "failed"; readonly errors: readonly Message[]; readonly warnings: readonly Message[] };

async function tryBuild(code: LocalCode, options: BuildOptions): Promise<Built> {
  const { build } = await import("esbuild");
  try {
    return { type: "built", result: await build(options) };
  } catch (error) {
    if (!isBuildFailure(error)) throw new Error(`esbuild could not start on ${code.root}: ${String(error)}`, { cause: error });
    return { type: "failed", errors: error.errors, warnings: error.warnings };
  }
}

/** What stands for code that could not even be looked at: every invocation says why, and the next edit tries again. */
export function unbuildable(code: LocalCode, error: unknown): Program {
  const message = error instanceof Error ? error.message : String(error);
  const folder = path.relative(code.projectDirectory, code.root).replaceAll("\\", "/") || ".";
  return {
    root: code.root,
    sources: [],
    inputs: new Set(),
    problems: [
      {
        severity: "error",
        rule: "code.build",
        ...said(words("The code could not be built: {{reason}}", { reason: message })),
        file: folder,
      },
    ],
    syntaxError: { message: `Error: the code could not be built: ${message}`, trace: [] },
  };
}

/** Ends esbuild's own process, which starts again when it is needed. */
export async function stopBuilding(): Promise<void> {
  const { stop } = await import("esbuild");
  await stop();
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function needsEsm(built: Built): boolean {
  const messages = built.type === "built" ? built.result.warnings : [...built.errors, ...built.warnings];
  return messages.some((message) => message.id === "empty-import-meta" || /Top-level await is currently not supported/.test(message.text));
}

function brokenProgram(code: LocalCode, entry: string, built: Extract<Built, { type: "failed" }>, problems: readonly Problem[]): Program {
  const trace = built.errors.map((error) => `${where(error)}${error.text}`);
  // the files that do not parse are unknown to the bundle, yet their next edit must build again
  const files = built.errors.flatMap((error) =>
    error.location === null ? [] : [path.resolve(code.projectDirectory, error.location.file)],
  );
  return {
    root: code.root,
    entry,
    sources: [],
    inputs: new Set([entry, ...files]),
    problems,
    syntaxError: { message: `SyntaxError: ${trace[0] ?? "the code could not be built"}`, trace },
  };
}

function where(message: Message): string {
  return message.location === null ? "" : `${message.location.file}:${message.location.line}:${message.location.column + 1}: `;
}

function inputsOf(result: BuildResult, code: LocalCode): Set<string> {
  return new Set(Object.keys(result.metafile?.inputs ?? {}).map((input) => path.resolve(code.projectDirectory, input)));
}

function problemsOf(built: Built, code: LocalCode): Problem[] {
  if (built.type === "built")
    return built.result.warnings
      .filter((warning) => warning.id !== "empty-import-meta")
      .map((warning) => problemOf(warning, "warning", code));
  return built.errors.map((error) => problemOf(error, "error", code));
}

function problemOf(message: Message, severity: Problem["severity"], code: LocalCode): Problem {
  const { location } = message;
  const file =
    location === null ? "" : path.relative(code.projectDirectory, path.resolve(code.projectDirectory, location.file)).replaceAll("\\", "/");
  if (location === null) return { severity, rule: "code.build", message: message.text, file };
  const start = { line: location.line, column: location.column + 1, offset: -1 };
  return {
    severity,
    rule: "code.build",
    message: message.text,
    file,
    range: { start, end: { line: location.line, column: location.column + 1 + Math.max(1, location.length), offset: -1 } },
  };
}

function missingHandler(code: LocalCode, handler: string): Problem {
  const folder = path.relative(code.projectDirectory, code.root).replaceAll("\\", "/") || ".";
  return {
    severity: "error",
    rule: "code.handler",
    ...said(
      words('No file for the handler "{{handler}}" below {{folder}}. Create it or correct the Handler property.', { handler, folder }),
    ),
    file: folder,
  };
}

/** The source file of a handler: named by its path, or by one of the build's entry points that would come out under that path. */
export function findEntry(code: LocalCode, handler: string): string | undefined {
  const modulePath = handler.replace(/\.[^/]*$/, "");
  const direct = firstExisting(path.resolve(code.root, modulePath));
  if (direct !== undefined) return direct;
  const wanted = path.posix.basename(modulePath);
  const match = entryPointsOf(code.build).find((entryPoint) => path.posix.basename(entryPoint).replace(/\.[^.]+$/, "") === wanted);
  return match === undefined ? undefined : firstExisting(path.resolve(code.root, match.replace(/\.[cm]?[jt]sx?$/, "")));
}

function entryPointsOf(build: BuildProperties): readonly string[] {
  return build.entryPoints.map((entryPoint) => entryPoint.replaceAll("\\", "/"));
}

function firstExisting(base: string): string | undefined {
  return extensions.map((extension) => base + extension).find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/** Whether Node takes a .ts file there for a module. */
function isModuleScope(file: string): boolean {
  if (file.endsWith(".mts")) return true;
  if (file.endsWith(".cts")) return false;
  return nearestPackageType(path.dirname(file)) === "module";
}

function nearestPackageType(directory: string): string | undefined {
  const manifest = path.join(directory, "package.json");
  if (existsSync(manifest)) return packageTypeOf(manifest);
  const parent = path.dirname(directory);
  return parent === directory ? undefined : nearestPackageType(parent);
}

function packageTypeOf(manifest: string): string | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(manifest, "utf8"));
    return typeof value === "object" && value !== null && "type" in value ? String(value.type) : undefined;
  } catch {
    // a package.json that does not parse says nothing
    return undefined;
  }
}
