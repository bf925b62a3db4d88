import { nameLimits } from "../../limits/names.ts";
import { textOf, type ResourceView } from "../view.ts";
import type { CheckInput, Report } from "./report.ts";
import { words } from "../../words.ts";

/** Names that AWS does not take, and names that two resources would share. */
export function checkNames({ view, report }: CheckInput): void {
  const carriers = new Map<string, ResourceView>();
  for (const resource of view.resources.values()) {
    for (const property of Object.keys(resource.properties)) {
      const limit = nameLimits[`${resource.type}.${property}`];
      const value = limit && textOf(resource.properties[property]);
      if (value === undefined || value.includes("{{resolve:")) continue;
      checkName(resource, property, value, report);
      if (property === "StageName") continue;
      const key = `${resource.type} ${value}`;
      const other = carriers.get(key);
      const isExclusive = other?.written["Condition"] !== undefined || resource.written["Condition"] !== undefined;
      if (other && !other.isDisabled && !isExclusive) {
        const message = words(
          "{{resource}} and {{other}} have the same {{property}}, {{value}}: AWS makes only one of them. Change one of the names, or leave them to CloudFormation.",
          { resource: resource.id, other: other.id, property, value },
        );
        report({ severity: "error", rule: "design.same-name", message, path: [...resource.path, "Properties", property] });
      } else if (!resource.isDisabled) carriers.set(key, resource);
    }
  }
}

function checkName(resource: ResourceView, property: string, value: string, report: Report): void {
  const limit = nameLimits[`${resource.type}.${property}`];
  if (!limit || (value.length >= limit.min && value.length <= limit.max && limit.pattern.test(value))) return;
  const length =
    limit.min === 1
      ? words("at most {{most}}", { most: limit.max })
      : words("{{least}} to {{most}}", { least: limit.min, most: limit.max });
  report({
    severity: "error",
    rule: "design.name",
    message: words("{{property}} of {{resource}} is {{value}}, which AWS refuses: {{length}} characters; {{allowed}}.", {
      property,
      resource: resource.id,
      value: JSON.stringify(value),
      length,
      allowed: { text: limit.allowed },
    }),
    path: [...resource.path, "Properties", property],
  });
}
