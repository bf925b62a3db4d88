import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DesignResource } from "../../model/design/design.ts";
import { kindOf, type ResourceKind } from "../../model/design/kinds.ts";
import { designMermaid } from "../../model/export/mermaid.ts";
import { designSvg } from "../../model/export/designSvg.ts";
import { openApiDocument } from "../../model/export/openApi.ts";
import type { PictureFont, PictureTheme } from "../../model/export/pictureStyle.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import type { Problem } from "../../model/problem.ts";
import { definitionOf } from "../../runtime/services/definitions.ts";
import { appFolder } from "../appFolder.ts";
import { readCanvas } from "../project/project.ts";
import { type LoadedTemplate, loadTemplate, tell, type TemplateOptions } from "./loadTemplate.ts";

interface ExportOptions extends TemplateOptions {
  readonly format: "cloudformation" | "mermaid" | "svg" | "openapi";
  readonly output?: string;
  readonly api?: string;
  readonly theme: PictureTheme;
}

/** Prints a design in another form, or writes it to a file. */
export async function exportDesign(target: string, options: ExportOptions): Promise<void> {
  const loaded = await loadTemplate(target, options);
  // a picture of half a template would be taken for the whole
  if (tell([...loaded.settings.problems, ...loaded.document.problems.filter(({ severity }) => severity === "error")]).isBroken) return;
  const text = await forms[options.format](loaded, options);
  if (text === null) return;
  if (options.output === undefined) process.stdout.write(text);
  else await writeFile(options.output, text);
}

/** null: it cannot be made, and the problems are told. */
const forms: Readonly<Record<ExportOptions["format"], (loaded: LoadedTemplate, options: ExportOptions) => Promise<string | null>>> = {
  cloudformation: async (loaded) => told(await exportedDocument(loaded, "cloudformation")),
  mermaid: async ({ location, design }) => designMermaid(design(), (await readCanvas(location.directory)).canvas, lookOf),
  svg: async ({ location, design }, { theme }) => {
    const icons = await iconFiles();
    const { canvas } = await readCanvas(location.directory);
    const title = location.name ?? path.basename(location.directory);
    const icon = (name: string): string => icons.get(name) ?? icons.get("generic") ?? "";
    return designSvg({ design: design(), canvas, title, theme, lookOf, icon, fonts: await fontAddresses() });
  },
  openapi: async (loaded, { api }) => told(await exportedDocument(loaded, "openapi", api)),
};

function told({ text, problems }: ExportedDocument): string | null {
  return tell(problems).isBroken ? null : text;
}

export interface ExportedDocument {
  /** null: it cannot be made, because of the problems. */
  readonly text: string | null;
  readonly problems: readonly Problem[];
}

/** What is made of the resolved template; also for the Studio. Refused, as an error, where it is unclear which API is meant. */
export async function exportedDocument(
  loaded: LoadedTemplate,
  format: "cloudformation" | "openapi",
  askedApi?: string,
): Promise<ExportedDocument> {
  const { resources, connections } = loaded.design();
  const api = format === "openapi" ? chosenApi(resources, askedApi) : undefined;
  const { cloudFormationOf } = await import("./transform.ts");
  const { template, problems: found } = cloudFormationOf(loaded, true);
  // paths and methods seldom hang on a value that is still to be given
  const isIgnored = (problem: Problem): boolean => api !== undefined && problem.rule === "template.parameter-missing";
  const problems = found.filter((problem) => problem.severity === "error" && !isIgnored(problem));
  if (problems.length > 0) return { text: null, problems };
  if (api === undefined) return { text: `${JSON.stringify(template, null, 2)}\n`, problems };
  const made = mapOf(template["Resources"]);
  const document = openApiDocument({
    api,
    connections: connections.filter(({ from }) => from === api.id),
    resource: mapOf(made[api.id]),
    stages: stagesOf(made, api.id),
    region: loaded.settings.region,
  });
  return { text: `${JSON.stringify(document, null, 2)}\n`, problems };
}

const apiTypes = ["AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api"];

function chosenApi(resources: readonly DesignResource[], asked: string | undefined): DesignResource {
  const apis = resources.filter(
    ({ type, effectiveProperties }) => apiTypes.includes(type) && effectiveProperties["ProtocolType"] !== "WEBSOCKET",
  );
  const names = apis.map(({ id }) => id).join(", ");
  const [first, ...others] = apis;
  if (asked !== undefined) {
    const found = apis.find(({ id }) => id === asked);
    if (found !== undefined) return found;
    throw new Error(`${asked} is no REST or HTTP API of this template. It has ${names || "none"}.`);
  }
  if (first === undefined) throw new Error("This template has no REST or HTTP API, and OpenAPI describes nothing else.");
  if (others.length > 0) throw new Error(`This template has several APIs: ${names}. Choose one with --api.`);
  return first;
}

function stagesOf(resources: JsonObject, api: string): string[] {
  return Object.values(resources).flatMap((resource) => {
    const { Type: type, Properties: properties } = mapOf(resource);
    const { RestApiId: rest, ApiId: http, StageName: name } = mapOf(properties);
    const isOfApi = mapOf(rest)["Ref"] === api || mapOf(http)["Ref"] === api;
    // SAM makes a stage named Stage beside the one that is asked for
    return isOfApi && typeof name === "string" && String(type).endsWith("::Stage") ? [name] : [];
  });
}

function lookOf(type: string): ResourceKind {
  return kindOf(type, definitionOf(type));
}

async function iconFiles(): Promise<ReadonlyMap<string, string>> {
  const folder = path.join(appFolder(), "resources", "icons");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".svg"));
  return new Map(
    await Promise.all(names.map(async (name) => [name.slice(0, -".svg".length), await readFile(path.join(folder, name), "utf8")] as const)),
  );
}

/** The Studio's own fonts, from where it was built. */
async function fontAddresses(): Promise<readonly PictureFont[]> {
  const folder = path.join(appFolder(), "out", "renderer", "assets");
  const names = await readdir(folder).catch(() => []);
  const font = async (family: PictureFont["family"], prefix: string): Promise<readonly PictureFont[]> => {
    const name = names.find((each) => each.startsWith(prefix) && each.endsWith(".woff2"));
    if (name === undefined) return [];
    return [{ family, url: `data:font/woff2;base64,${(await readFile(path.join(folder, name))).toString("base64")}` }];
  };
  return (await Promise.all([font("words", "inter-latin-wght-normal"), font("code", "jetbrains-mono-latin-wght-normal")])).flat();
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
