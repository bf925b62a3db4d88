// The door of validation: a definition's text, or JSON that was read before, to all that AWS says about it.
import { isJsonObject, type Json } from "../../json.ts";
import type { TextRange } from "../../problem.ts";
import type { QueryLanguage } from "../definition.ts";
import { rangeOf, readJsonText } from "../jsonText.ts";
import { languageOf } from "../parse.ts";
import { Diagnostics, root, type Diagnostic } from "./diagnostic.ts";
import { checkFlow, checkNames } from "./graph.ts";
import { checkObject, type ObjectRule, type StateCheck } from "./objects.ts";
import { checkStates, queryLanguages, requiredOfFlow } from "./states.ts";
import { inBoth, integer, isText, oneOf } from "./values.ts";

export type MachineType = "STANDARD" | "EXPRESS";

const notAnObject = "Definition must be a valid JSON object";

/** What AWS says about a definition's text, errors and warnings, in its order. */
export function validateDefinition(text: string, type: MachineType): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  if (text.trim() === "") {
    diagnostics.unplaced("SCHEMA_VALIDATION_FAILED", notAnObject);
    return diagnostics.found;
  }
  const json = readJsonText(text);
  if (json.ok) return validateJson(json.value, type);
  diagnostics.unplaced("INVALID_JSON_DESCRIPTION", json.message, json.source);
  return diagnostics.found;
}

/** The same for JSON: of YAML, of a template's `Definition`. */
export function validateJson(json: Json, type: MachineType): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  if (!isJsonObject(json)) {
    diagnostics.unplaced("SCHEMA_VALIDATION_FAILED", notAnObject);
    return diagnostics.found;
  }
  const machineLanguage = languageOf(json, "JSONPath");
  checkObject(json, root, machineCheck(diagnostics, machineLanguage, type), machine);
  if (diagnostics.hasErrors) return diagnostics.found;
  checkNames(json, root, diagnostics);
  checkFlow(json, root, diagnostics);
  return diagnostics.found;
}

function machineCheck(diagnostics: Diagnostics, language: QueryLanguage, type: MachineType): StateCheck {
  return { diagnostics, language, machineLanguage: language, isExpress: type === "EXPRESS", hasResult: false, hasErrorOutput: false };
}

const machine: ObjectRule = {
  fields: {
    Comment: inBoth(isText),
    Version: inBoth(oneOf(["1.0"])),
    QueryLanguage: inBoth(queryLanguages),
    TimeoutSeconds: inBoth(integer(0, 99_999_999)),
    StartAt: inBoth(isText),
    States: inBoth(checkStates),
  },
  required: requiredOfFlow,
};

/** The message of InvalidDefinition; undefined: there is no error. */
export function invalidDefinitionMessage(diagnostics: readonly Diagnostic[]): string | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === "ERROR");
  if (errors.length === 0) return undefined;
  const texts = errors.map(({ code, message, location }) => `${code}: ${message} at ${location ?? "null"}`);
  return `Invalid State Machine Definition: '${texts.join(", ")}'`;
}

interface ValidationAnswer {
  readonly result: "OK" | "FAIL";
  readonly diagnostics: readonly Omit<Diagnostic, "path">[];
  readonly truncated: boolean;
}

const mostResults = 100;

/** The answer of ValidateStateMachineDefinition; `maxResults` of 0 is AWS's 100. */
export function validationAnswer(
  diagnostics: readonly Diagnostic[],
  { severity = "ERROR", maxResults = 0 }: { severity?: Diagnostic["severity"]; maxResults?: number },
): ValidationAnswer {
  const told = severity === "WARNING" ? diagnostics : diagnostics.filter((diagnostic) => diagnostic.severity === "ERROR");
  const count = maxResults === 0 ? mostResults : maxResults;
  return {
    result: diagnostics.some((diagnostic) => diagnostic.severity === "ERROR") ? "FAIL" : "OK",
    diagnostics: told.slice(0, count).map(({ path: _path, ...rest }) => rest),
    truncated: told.length > count,
  };
}

/** A diagnostic with its place in the text, for editors and `contrail check`. */
export interface PlacedDiagnostic extends Diagnostic {
  readonly range?: TextRange;
}

/** JSON text only: for YAML the caller finds the range of a diagnostic's `path` in its own tree. */
export function placedDiagnostics(text: string, type: MachineType): readonly PlacedDiagnostic[] {
  return validateDefinition(text, type).map((diagnostic) => {
    const range = rangeOf(text, diagnostic.path);
    return range ? { ...diagnostic, range } : diagnostic;
  });
}
