// `samconfig.toml` (or .yaml, .yml) beside a template: what `sam deploy` would take from it.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-sam-cli-config.html
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse as parseToml, TomlError } from "smol-toml";
import { LineCounter, parse as parseYaml, YAMLParseError } from "yaml";
import type { Problem } from "../../model/problem.ts";
import { said, words } from "../../model/words.ts";

export interface SamConfig {
  /** Its name, where there is one. */
  readonly file?: string;
  readonly stackName?: string;
  readonly region?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The file cannot be read as what it says it is. */
  readonly problems: readonly Problem[];
}

export const samConfigNames: readonly string[] = ["samconfig.toml", "samconfig.yaml", "samconfig.yml"];
/** `deploy` says more than what holds for all commands. */
const commands = ["global", "deploy"];

export async function readSamConfig(directory: string, environment = "default"): Promise<SamConfig> {
  for (const name of samConfigNames) {
    const text = await readFile(path.join(directory, name), "utf8").catch(() => null);
    if (text === null) continue;
    try {
      return { ...settingsIn(name.endsWith(".toml") ? parseToml(text) : parseYaml(text), environment), file: name, problems: [] };
    } catch (error) {
      return { parameters: {}, problems: [problemOf(error, name, text)] };
    }
  }
  return { parameters: {}, problems: [] };
}

function settingsIn(config: unknown, environment: string): Omit<SamConfig, "problems" | "file"> {
  const sections = commands.map((command) => member(member(member(config, environment), command), "parameters"));
  const last = (name: string): unknown => sections.map((section) => member(section, name)).findLast((value) => value !== undefined);
  const stackName = last("stack_name");
  const region = last("region");
  return {
    ...(typeof stackName === "string" && { stackName }),
    ...(typeof region === "string" && { region }),
    parameters: parameterOverrides(last("parameter_overrides")),
  };
}

/** `A=1 B="v 2"`, `ParameterKey=A,ParameterValue=1 …`, a list of such texts, or a table. */
function parameterOverrides(value: unknown): Record<string, string> {
  if (typeof value === "string") return Object.fromEntries(wordsOf(value).flatMap(pairOf));
  // one parameter an entry: spaces need no quotes there
  if (Array.isArray(value))
    return Object.assign({}, ...value.map((entry) => (typeof entry === "string" ? listEntry(entry) : parameterOverrides(entry))));
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, Array.isArray(each) ? each.join(",") : String(each)]));
}

function listEntry(text: string): Record<string, string> {
  const words = wordsOf(text);
  const isOne = words.slice(1).every((word) => !/^\w+=/.test(word));
  return Object.fromEntries(isOne && !text.includes('"') ? pairOf(text.trim()) : words.flatMap(pairOf));
}

function pairOf(word: string): [string, string][] {
  const old = /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(word);
  const at = word.indexOf("=");
  if (old !== null) return [[old[1] ?? "", old[2] ?? ""]];
  return at < 1 ? [] : [[word.slice(0, at), word.slice(at + 1)]];
}

/** Words as a shell takes them apart: quotes hold spaces, a backslash the next character. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [word] of text.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/gs))
    words.push(
      word.replaceAll(
        /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/gs,
        (_whole, double?: string, single?: string, escaped?: string) => double?.replaceAll(/\\(.)/gs, "$1") ?? single ?? escaped ?? "",
      ),
    );
  return words;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function problemOf(error: unknown, file: string, text: string): Problem {
  const place = error instanceof TomlError ? { line: error.line, column: error.column } : yamlPlace(error, text);
  const reason = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
  const position = { line: place.line, column: place.column, offset: 0 };
  return {
    severity: "warning",
    rule: "samconfig.unreadable",
    ...said(words("{{file}} cannot be read, so its parameters, stack name and region are not used: {{reason}}", { file, reason })),
    file,
    range: { start: position, end: position },
  };
}

function yamlPlace(error: unknown, text: string): { line: number; column: number } {
  if (!(error instanceof YAMLParseError)) return { line: 1, column: 1 };
  const lines = new LineCounter();
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  return error.linePos === undefined ? { line: 1, column: 1 } : { line: error.linePos[0].line, column: error.linePos[0].col };
}
