import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { PropertyDefinition } from "../../service.ts";
import { isDynamic } from "../../template/dynamicReferences.ts";
import type { TemplatePath } from "../design.ts";
import { objectOr } from "../known.ts";
import { at, numberOf, type ResourceView } from "../view.ts";
import { nearest } from "./references.ts";
import type { CheckInput, Report } from "./report.ts";
import { words } from "../../words.ts";

/** Properties against their services' definitions: ranges, choices, what is required. Names and types are the schema's. */
export function checkProperties({ view, report }: CheckInput): void {
  for (const resource of view.resources.values()) {
    const definition = view.definitionOf(resource.type);
    if (!definition) continue;
    const written = objectOr(resource.written["Properties"]);
    // A whole map that a macro or condition gives cannot be judged by what is written.
    if (Object.keys(written).some((key) => key.startsWith("Fn::"))) continue;
    for (const property of definition.properties) checkProperty(resource, property, report);
  }
}

/** The same few for every resource of a type. */
const keysByPath = new Map<string, readonly string[]>();

function keysOf({ path }: PropertyDefinition): readonly string[] {
  const known = keysByPath.get(path);
  if (known !== undefined) return known;
  const keys = path.split(".");
  keysByPath.set(path, keys);
  return keys;
}

function checkProperty(resource: ResourceView, property: PropertyDefinition, report: Report): void {
  const keys = keysOf(property);
  const value = at(resource.properties, ...keys);
  if (value === undefined && !property.required) return;
  const path: TemplatePath = [...resource.path, "Properties", ...keys];
  if (value === undefined) {
    if (isMissing(resource.properties, keys)) {
      report({
        severity: "error",
        rule: "design.required-property",
        message: words("{{resource}} needs {{path}}. {{help}}", {
          resource: resource.id,
          path: property.path,
          help: { text: property.help },
        }),
        path,
      });
    }
    return;
  }
  if (isDynamic(value)) return;
  const { control } = property;
  if (control.type === "number") {
    const number = numberOf(value);
    if (number === undefined) {
      if (typeof value !== "object")
        report({
          severity: "error",
          rule: "design.wrong-type",
          message: words("{{path}} of {{resource}} is {{value}}, not a number. {{help}}", {
            path: property.path,
            resource: resource.id,
            value: JSON.stringify(value),
            help: { text: property.help },
          }),
          path,
        });
      return;
    }
    const nearestAllowed = Math.min(Math.max(number, control.min ?? number), control.max ?? number);
    if (nearestAllowed === number) return;
    report({
      severity: "error",
      rule: "design.out-of-range",
      message: words("{{path}} of {{resource}} is {{number}}. {{help}}", {
        path: property.path,
        resource: resource.id,
        number,
        help: { text: property.help },
      }),
      path,
      fix: {
        title: words("Set it to {{value}}", { value: nearestAllowed }),
        command: { type: "setProperty", id: resource.id, path: `Properties.${property.path}`, value: nearestAllowed },
      },
    });
  }
  if (control.type === "choice" && typeof value !== "object" && property.path !== "Runtime") {
    if (control.options.some((option) => String(option) === String(value))) return;
    const near = nearest(String(value), control.options.map(String));
    report({
      severity: "error",
      rule: "design.not-a-choice",
      message: words("{{path}} of {{resource}} is {{value}}; it may be {{options}}.", {
        path: property.path,
        resource: resource.id,
        value: String(value),
        options: control.options.join(", "),
      }),
      path,
      ...(near === undefined
        ? {}
        : {
            fix: {
              title: words("Set it to {{value}}", { value: near }),
              command: { type: "setProperty", id: resource.id, path: `Properties.${property.path}`, value: near },
            },
          }),
    });
  }
}

/** Not missing where an intrinsic gives a part of the way to it. */
function isMissing(properties: JsonObject, keys: readonly string[]): boolean {
  let here: Json | undefined = properties;
  for (const key of keys.slice(0, -1)) {
    here = at(here, key);
    // What is absent as a whole is missed once, by the property that asks for it.
    if (here === undefined) return false;
    if (!isJsonObject(here) || Object.keys(here).some((name) => name === "Ref" || name.startsWith("Fn::"))) return false;
  }
  return true;
}
