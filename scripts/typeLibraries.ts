// Packs the type declarations that handlers are written against into one JSON file, which the Studio hands to Monaco.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Packages whose declarations the editor knows: Lambda events, Node, and the AWS SDK that functions are given. */
const packages = [
  "@types/aws-lambda",
  "@types/node",
  "undici-types",
  "@smithy/types",
  "@aws-sdk/types",
  "@aws-sdk/client-dynamodb",
  "@aws-sdk/lib-dynamodb",
  "@aws-sdk/util-dynamodb",
  "@aws-sdk/client-sqs",
  "@aws-sdk/client-lambda",
];

/** Writes `{"file:///node_modules/<package>/<file>": text}`; returns how many files it holds. */
export function packTypeLibraries(root: string, target: string): number {
  const libraries: Record<string, string> = {};
  for (const name of packages) {
    const folder = path.join(root, "node_modules", name);
    if (!existsSync(folder)) continue;
    const manifest = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { types?: string; typings?: string };
    libraries[`file:///node_modules/${name}/package.json`] = JSON.stringify({
      name,
      types: manifest.types ?? manifest.typings ?? "index.d.ts",
    });
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      const file = path.join(entry.parentPath, entry.name);
      const relative = path.relative(folder, file).split(path.sep).join("/");
      if (
        !entry.isFile() ||
        !/\.d\.[cm]?ts$/.test(entry.name) ||
        relative.includes("node_modules/") ||
        relative.includes("ts3.4/") ||
        relative.includes("/ts5")
      )
        continue;
      const text = readFileSync(file, "utf8");
      // the SDK's long examples are for web pages; the editor needs the shapes
      libraries[`file:///node_modules/${name}/${relative}`] = name.startsWith("@aws-sdk/client-")
        ? text.replace(/\/\*\*[\s\S]*?\*\//g, shorten)
        : text;
    }
  }
  writeFileSync(target, JSON.stringify(libraries));
  return Object.keys(libraries).length;
}

/** The first sentence of a doc comment. */
function shorten(comment: string): string {
  const words = comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .replace(/^\s*\*/gm, "")
    .replace(/<[^>]+>/g, "")
    .replace(/@(public|internal|example)[\s\S]*/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const sentence = /^.*?[.](?= |$)/.exec(words)?.[0] ?? words;
  return sentence === "" ? "" : `/** ${sentence.slice(0, 240)} */`;
}
