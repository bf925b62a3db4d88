// What `cdk synth` leaves in cdk.out: the stacks of a CDK app, their templates, and where the files lie that they name on S3.
// https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies
import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { StudioError } from "../../model/studioApi.ts";
import { words } from "../../model/words.ts";

export interface AssemblyStack {
  readonly stackName: string;
  /** As the app's tree names it: `Prod/Shop`. */
  readonly displayName: string;
  /** Absolute. */
  readonly templateFile: string;
  /** Absent where the app leaves it open. */
  readonly region?: string;
  readonly accountId?: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Paths by S3 key, relative to the template's folder. */
  readonly assets: Readonly<Record<string, string>>;
}

export const manifestName = "manifest.json";
/** Stages nest; an app that nests deeper than this is a manifest that names itself. */
const maxDepth = 8;

const artifact = z.object({
  type: z.string(),
  environment: z.string().optional(),
  displayName: z.string().optional(),
  dependencies: z.array(z.string()).default([]),
  metadata: z.record(z.string(), z.array(z.object({ type: z.string(), data: z.unknown().optional() }))).default({}),
  properties: z
    .object({
      templateFile: z.string().optional(),
      stackName: z.string().optional(),
      parameters: z.record(z.string(), z.string()).optional(),
      directoryName: z.string().optional(),
      file: z.string().optional(),
      requiresBootstrapStackVersion: z.number().optional(),
    })
    .default({}),
});
const manifest = z.object({ version: z.string(), artifacts: z.record(z.string(), artifact).default({}) });
const assetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })).default({}),
      }),
    )
    .default({}),
});
/** How apps of CDK 1 hand over assets: as parameters of the template. */
const assetOfParameters = z.object({
  path: z.string(),
  s3BucketParameter: z.string(),
  s3KeyParameter: z.string(),
  artifactHashParameter: z.string().optional(),
  sourceHash: z.string(),
});

type Artifact = z.infer<typeof artifact>;

/** The stacks of a folder that `cdk synth` wrote, those of its stages included; null: it is no such folder. */
export async function readAssembly(directory: string, depth = 0): Promise<readonly AssemblyStack[] | null> {
  const file = path.join(directory, manifestName);
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) return null;
  const parsed = manifest.safeParse(jsonOrUndefined(text));
  // other tools write manifests as well
  if (!parsed.success) return null;
  const { artifacts } = parsed.data;
  const stacks: AssemblyStack[] = [];
  for (const [id, each] of Object.entries(artifacts)) {
    if (each.type === "aws:cloudformation:stack") stacks.push(await stackOf(directory, id, each, artifacts));
    else if (each.type === "cdk:cloud-assembly" && each.properties.directoryName !== undefined && depth < maxDepth)
      stacks.push(...((await readAssembly(path.join(directory, each.properties.directoryName), depth + 1)) ?? []));
  }
  return stacks;
}

/** The one stack, or the one that is asked for. */
export function chooseStack(stacks: readonly AssemblyStack[], asked: string | undefined, where: string): AssemblyStack {
  const [first, ...others] = stacks;
  if (first === undefined) throw new StudioError("no-template", words("{{where}} is a CDK app without a stack.", { where }));
  if (others.length === 0) return first;
  const named = stacks.filter((stack) => [stack.stackName, stack.displayName].includes(asked ?? ""));
  const [chosen] = named;
  if (chosen !== undefined && named.length === 1) return chosen;
  const list = stacks
    .map(({ stackName, displayName }) => (displayName === stackName ? stackName : `${displayName} (${stackName})`))
    .join(", ");
  throw new StudioError(
    "several-stacks",
    asked === undefined
      ? words("{{where}} is a CDK app with {{count}} stacks: {{list}}. Choose one with --stack-name, or open its template.", {
          where,
          count: stacks.length,
          list,
        })
      : named.length === 0
        ? words("{{where}} has no stack named {{asked}}. It has {{list}}.", { where, asked, list })
        : words("{{where}} has several stacks named {{asked}}. It has {{list}}.", { where, asked, list }),
  );
}

async function stackOf(directory: string, id: string, stack: Artifact, artifacts: Record<string, Artifact>): Promise<AssemblyStack> {
  const {
    templateFile = `${id}.template.json`,
    stackName = id,
    parameters = {},
    requiresBootstrapStackVersion: version,
  } = stack.properties;
  const manifests = stack.dependencies.flatMap((name) => {
    const { type, properties } = artifacts[name] ?? {};
    return type === "cdk:asset-manifest" && properties?.file !== undefined ? [properties.file] : [];
  });
  const assets: Record<string, string> = {};
  for (const file of manifests) Object.assign(assets, await assetsIn(path.join(directory, file)));
  const legacy = legacyAssets(stack);
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(stack.environment ?? "") ?? [];
  return {
    stackName,
    displayName: stack.displayName ?? id,
    templateFile: path.join(directory, templateFile),
    ...(region !== undefined && region !== "unknown-region" && { region }),
    ...(account !== undefined && /^\d{12}$/.test(account) && { accountId: account }),
    // there is no bootstrap stack here to ask for its version
    parameters: { ...(version !== undefined && { BootstrapVersion: String(version) }), ...legacy.parameters, ...parameters },
    assets: { ...assets, ...legacy.assets },
  };
}

async function assetsIn(file: string): Promise<Record<string, string>> {
  const parsed = assetManifest.safeParse(jsonOrUndefined(await readFile(file, "utf8").catch(() => "")));
  if (!parsed.success) return {};
  return Object.fromEntries(
    Object.values(parsed.data.files).flatMap(({ source, destinations }) => {
      const from = source.path;
      return from === undefined ? [] : Object.values(destinations).map(({ objectKey }) => [objectKey, from]);
    }),
  );
}

function legacyAssets(stack: Artifact): { parameters: Record<string, string>; assets: Record<string, string> } {
  const parameters: Record<string, string> = {};
  const assets: Record<string, string> = {};
  for (const { type, data } of Object.values(stack.metadata).flat()) {
    const asset = type === "aws:cdk:asset" ? assetOfParameters.safeParse(data).data : undefined;
    if (asset === undefined) continue;
    parameters[asset.s3BucketParameter] = "cdk-assets";
    // the template splits prefix and name of the key at ||
    parameters[asset.s3KeyParameter] = `assets/||${asset.sourceHash}.zip`;
    if (asset.artifactHashParameter !== undefined) parameters[asset.artifactHashParameter] = asset.sourceHash;
    assets[`${asset.sourceHash}.zip`] = asset.path;
  }
  return { parameters, assets };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // what is no JSON is no manifest
    return undefined;
  }
}
