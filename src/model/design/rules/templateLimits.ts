import { cloudformationLimits as limits } from "../../limits/cloudformation.ts";
import { isJsonObject } from "../../json.ts";
import { sectionOf } from "../known.ts";
import { textOf } from "../view.ts";
import type { CheckInput } from "./report.ts";
import { words, type Words } from "../../words.ts";

const counted = [
  ["Resources", limits.resources],
  ["Parameters", limits.parameters],
  ["Outputs", limits.outputs],
  ["Mappings", limits.mappings],
] as const;

/** How large a template may be, and how much may stand in it. */
export function checkTemplateLimits({ document, report }: CheckInput): void {
  const { value, text, problems } = document;
  // One that is too large to be read, or broken, has said so.
  if (problems.some(({ severity }) => severity === "error")) return;
  const tooMany = (path: readonly string[], message: Words): void =>
    report({ severity: "error", rule: "design.too-many", message, path, part: "key" });
  for (const [section, limit] of counted) {
    const count = Object.keys(sectionOf(value, section)).length;
    if (count > limit.value)
      tooMany(
        [section],
        words("The template has {{count}} {{unit}}; CloudFormation takes {{most}}. Move some into a nested stack.", {
          count,
          unit: { text: limit.unit },
          most: limit.value,
        }),
      );
  }
  for (const [name, mapping] of Object.entries(sectionOf(value, "Mappings"))) {
    const count = isJsonObject(mapping) ? Object.keys(mapping).length : 0;
    const most = limits.mappingAttributes.value;
    if (count > most)
      tooMany(["Mappings", name], words("The mapping {{name}} has {{count}} keys; CloudFormation takes {{most}}.", { name, count, most }));
  }
  for (const section of ["Resources", "Parameters", "Outputs"]) {
    for (const id of Object.keys(sectionOf(value, section))) {
      if (id.length > limits.logicalIdCharacters.value)
        tooMany(
          [section, id],
          words("This name has {{count}} characters; CloudFormation takes {{most}}.", {
            count: id.length,
            most: limits.logicalIdCharacters.value,
          }),
        );
    }
  }
  const description = textOf(value["Description"]);
  const bytes = bytesOf(description ?? "");
  if (bytes > limits.descriptionBytes.value)
    tooMany(
      ["Description"],
      words("The description has {{bytes}} bytes; CloudFormation takes {{most}}.", { bytes, most: limits.descriptionBytes.value }),
    );
  // Every character takes a byte at least, so that most templates need not be counted.
  const size = text.length * 3 > limits.templateBytes.value ? bytesOf(text) : 0;
  if (size > limits.templateBytes.value)
    tooMany(
      ["Resources"],
      words("The template has {{size}} bytes; CloudFormation takes {{most}}. Move parts into nested stacks or files.", {
        size,
        most: limits.templateBytes.value,
      }),
    );
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
