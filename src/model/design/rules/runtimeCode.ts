// Whether the Node.js of a function's runtime can load and call what its handler's file holds.
import { isJsonObject, type Json } from "../../json.ts";
import { at, textOf, type ResourceView } from "../view.ts";
import { joined, type HandlerFile } from "./handlerFile.ts";
import { arityOf, moduleFacts, type ModuleFacts } from "./javaScriptSource.ts";
import type { CheckInput } from "./report.ts";
import { words } from "../../words.ts";

/** From these versions on. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const withoutSdkVersion2 = 18;
const withoutCallbacks = 24;
/** Before it, Lambda turns off what lets Node take ES modules for what they are by their text. */
const withModuleDetection = 24;

export function checkCode(resource: ResourceView, wanted: HandlerFile, file: string, facts: ModuleFacts, input: CheckInput): void {
  const version = Number(/^nodejs(\d+)/.exec(textOf(resource.properties["Runtime"]) ?? "")?.[1]);
  if (!Number.isFinite(version)) return;
  if (version >= withoutSdkVersion2) checkSdk(resource, wanted, file, facts, input);
  if (version >= withoutCallbacks) checkCallbacks(resource, wanted, file, facts, version, input);
  if (!wanted.isBundled && /\.[cm]?js$/.test(file)) checkFormat(resource, wanted, file, facts, version, input);
}

/** The runtime brings version 3 of the AWS SDK, no longer version 2. */
function checkSdk(resource: ResourceView, wanted: HandlerFile, file: string, facts: ModuleFacts, input: CheckInput): void {
  // A layer may bring it.
  if (resource.properties["Layers"] !== undefined) return;
  const place = modulesOf(file, facts, input).find(({ imports }) => imports.some((name) => /^aws-sdk(\/|$)/.test(name)));
  if (!place || bringsPackage("aws-sdk", place.file, wanted.isBundled ? "" : wanted.folder, input)) return;
  input.report({
    severity: "error",
    rule: "design.sdk-version-2",
    message: words(
      "{{file}} loads aws-sdk, version 2 of the SDK, which {{runtime}} does not bring. Use @aws-sdk/client-… (version 3), or add aws-sdk to the dependencies in {{packageFile}}.",
      { file: place.file, runtime: textOf(resource.properties["Runtime"]) ?? "", packageFile: packageFile(wanted) },
    ),
    path: [...resource.path, "Properties", "Handler"],
  });
}

function packageFile({ folder }: HandlerFile): string {
  return folder === "" ? "package.json" : `${folder}/package.json`;
}

const mostModules = 40;

/** The handler's module and those of the project that it leads to. */
export function modulesOf(
  file: string,
  facts: ModuleFacts,
  input: CheckInput,
): { file: string; imports: readonly string[]; code: string }[] {
  const found = new Map([[file, facts]]);
  for (const [from, { imports }] of found) {
    for (const specifier of imports) {
      if (!specifier.startsWith(".") || found.size >= mostModules) continue;
      const target = joined(from.split("/").slice(0, -1), specifier);
      const path = target === undefined ? undefined : resolve(target, input.context.files);
      const text = path === undefined || found.has(path) ? undefined : input.context.readText?.(path);
      const read = text === undefined ? undefined : moduleFacts(text);
      if (path !== undefined && read) found.set(path, read);
    }
  }
  return [...found].map(([path, { imports, code }]) => ({ file: path, imports, code }));
}

function resolve(target: string, files: ReadonlySet<string> | undefined): string | undefined {
  const bare = target.replace(/\.[cm]?js$/, "");
  const names = ["js", "mjs", "cjs", "ts", "mts", "cts", "tsx", "jsx"];
  const candidates = [target, ...names.map((name) => `${bare}.${name}`), ...names.map((name) => `${target}/index.${name}`)];
  return candidates.find((path) => /\.\w+$/.test(path) && files?.has(path));
}

/** Whether a package.json from the file's folder up to `top` names it, or one of them cannot be read. */
function bringsPackage(name: string, file: string, top: string, input: CheckInput): boolean {
  return packagesAbove(file, top, input).some(
    (content) =>
      content === undefined ||
      ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"].some((kind) => at(content, kind, name) !== undefined),
  );
}

/** The package.json files that hold for a file, nearest first; undefined in place of one that cannot be read. */
function packagesAbove(file: string, top: string, { context }: CheckInput): (Json | undefined)[] {
  const found: (Json | undefined)[] = [];
  const parts = file.split("/").slice(0, -1);
  for (let length = parts.length; length >= 0; length -= 1) {
    const folder = parts.slice(0, length).join("/");
    const path = folder === "" ? "package.json" : `${folder}/package.json`;
    if (context.files?.has(path)) found.push(parseJson(context.readText?.(path)));
    if (folder === top) break;
  }
  return found;
}

function parseJson(text: string | undefined): Json | undefined {
  try {
    const value: Json | undefined = text === undefined ? undefined : (JSON.parse(text) as Json);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined; // npm says what is wrong with it
  }
}

function checkCallbacks(
  resource: ResourceView,
  wanted: HandlerFile,
  file: string,
  { code }: ModuleFacts,
  version: number,
  { report }: CheckInput,
): void {
  const [name = ""] = wanted.exportPath.split(".").slice(-1);
  const arity = /^[\w]+$/.test(name) ? arityOf(name, code) : undefined;
  const ended = /\bcontext\s*\.\s*(done|succeed|fail)\s*\(/.exec(code)?.[1];
  if ((arity ?? 0) < 3 && ended === undefined) return;
  const how = (arity ?? 0) < 3 ? words("ends with context.{{ended}}()", { ended: ended ?? "" }) : words("takes a callback");
  report({
    severity: "error",
    rule: "design.callback-handler",
    message: words(
      "{{handler}} in {{file}} {{how}}, which Lambda no longer knows from Node.js {{withoutCallbacks}} on ({{resource}} has {{version}}). Make it async and return its result, or use nodejs22.x.",
      { handler: wanted.handler, file, how, withoutCallbacks, resource: resource.id, version },
    ),
    path: [...resource.path, "Properties", "Handler"],
    ...(at(resource.written, "Properties", "Runtime") === undefined
      ? {}
      : {
          fix: {
            title: words("Use nodejs22.x"),
            command: { type: "setProperty", id: resource.id, path: "Properties.Runtime", value: "nodejs22.x" },
          },
        }),
  });
}

function checkFormat(
  resource: ResourceView,
  wanted: HandlerFile,
  file: string,
  { format, exports, code }: ModuleFacts,
  version: number,
  input: CheckInput,
): void {
  if (format === undefined) return;
  const [nearest] = packagesAbove(file, wanted.folder, input);
  const hasPackage = packagesAbove(file, wanted.folder, input).length > 0;
  if (hasPackage && nearest === undefined) return;
  const isModule = file.endsWith(".mjs") || (file.endsWith(".js") && at(nearest, "type") === "module");
  const nodeOptions = textOf(at(resource.properties, "Environment", "Variables", "NODE_OPTIONS")) ?? "";
  const path = [...resource.path, "Properties", "Handler"];
  if (format === "esm" && !isModule) {
    const isDetected =
      file.endsWith(".js") &&
      at(nearest, "type") !== "commonjs" &&
      (version >= withModuleDetection || nodeOptions.includes("detect-module"));
    if (isDetected) return;
    const mend = file.endsWith(".cjs")
      ? words("Rename it to .mjs")
      : words('Rename it to .mjs, or write "type": "module" into {{packageFile}}', { packageFile: packageFile(wanted) });
    const message = words("{{file}} of {{resource}} is written as an ES module, but Lambda loads it as CommonJS and fails. {{mend}}.", {
      file,
      resource: resource.id,
      mend,
    });
    input.report({ severity: "error", rule: "design.module-format", message, path });
  } else if (format === "commonjs" && isModule && (exports?.size ?? 0) > 0 && /\bexports\b/.test(code)) {
    const reason = file.endsWith(".mjs") ? words("its name ends in .mjs") : words('package.json says "type": "module"');
    const message = words(
      "{{file}} of {{resource}} is written as CommonJS, but loaded as an ES module because {{reason}}. Export the handler with export, or rename it to .cjs.",
      { file, resource: resource.id, reason },
    );
    input.report({ severity: "error", rule: "design.module-format", message, path });
  }
}
