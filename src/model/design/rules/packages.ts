import { isFunctionType } from "../kinds.ts";
import { at, isWritten, listOf, textOf, type ResourceView } from "../view.ts";
import type { CheckInput, Report } from "./report.ts";
import { words } from "../../words.ts";

/** How a function's code is packed, and what its runtime takes of that. */
export function checkPackages({ view, report }: CheckInput): void {
  for (const resource of view.resources.values()) {
    if (!isFunctionType(resource.type)) continue;
    if (isImage(resource)) checkImage(resource, report);
    else checkArchive(resource, report);
    checkInlineCode(resource, report);
    checkSnapStart(resource, report);
  }
}

function isImage({ properties }: ResourceView): boolean {
  return properties["PackageType"] === "Image" || properties["ImageUri"] !== undefined || at(properties, "Code", "ImageUri") !== undefined;
}

/** A zip needs a runtime and a handler. */
function checkArchive({ properties, id, path }: ResourceView, report: Report): void {
  for (const name of ["Handler", "Runtime"]) {
    if (properties[name] !== undefined) continue;
    const example = name === "Handler" ? words("the file and the exported function, such as index.handler") : words("such as nodejs24.x");
    report({
      severity: "error",
      rule: "design.required-property",
      message: words("{{id}} needs {{name}}: {{example}}. It may also stand in Globals.", { id, name, example }),
      path: [...path, "Properties"],
    });
  }
}

/** An image has both inside, and its layers too. */
function checkImage({ properties, id, path }: ResourceView, report: Report): void {
  if (properties["PackageType"] !== "Image") return;
  const given = ["Handler", "Runtime", "Layers"].filter((name) => isWritten(properties[name]) && listOf(properties[name]).length > 0);
  if (given.length === 0) return;
  const message = words(
    "{{id}} is a container image, which has its own {{given}}: take them out, here or in Globals, or change PackageType to Zip.",
    { id, given: given.join(", ") },
  );
  report({ severity: "error", rule: "design.image-function", message, path: [...path, "Properties", "PackageType"] });
}

function checkInlineCode({ properties, id, path }: ResourceView, report: Report): void {
  const runtime = textOf(properties["Runtime"]);
  const property = properties["InlineCode"] === undefined ? "Code" : "InlineCode";
  const isInline = property === "InlineCode" || at(properties, "Code", "ZipFile") !== undefined;
  if (!isInline || runtime === undefined || !/^(java|dotnet|ruby|go|provided)/.test(runtime)) return;
  const message = words(
    "{{id}} has its code in the template, which Lambda takes for Node.js and Python only, not for {{runtime}}. Put it into a folder, and name that in CodeUri.",
    { id, runtime },
  );
  report({ severity: "error", rule: "design.inline-code", message, path: [...path, "Properties", property] });
}

/** https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes */
function checkSnapStart({ properties, id, path }: ResourceView, report: Report): void {
  const runtime = textOf(properties["Runtime"]);
  if (at(properties, "SnapStart", "ApplyOn") !== "PublishedVersions" || runtime === undefined || takesSnapshots(runtime)) return;
  const message = words(
    "{{id}} asks for SnapStart, which Lambda has for Java 11, Python 3.12 and .NET 8 and later, not for {{runtime}}. Take SnapStart out, here or in Globals.",
    { id, runtime },
  );
  report({ severity: "error", rule: "design.snap-start", message, path: [...path, "Properties", "SnapStart"] });
}

function takesSnapshots(runtime: string): boolean {
  const [, language, version = ""] = /^(java|python3\.|dotnet)(\d+)/.exec(runtime) ?? [];
  const first = language === undefined ? undefined : { java: 11, "python3.": 12, dotnet: 8 }[language];
  return first !== undefined && Number(version) >= first;
}
