import type { JsonObject } from "../../../model/json.ts";
import type { Problem } from "../../../model/problem.ts";
import { type LocalAssets, withLocalAssets } from "../../../model/template/assets.ts";
import type { TemplateDocument } from "../../../model/template/document.ts";
import { locateFindings } from "../../../model/template/resolve.ts";
import { transformSam } from "../../../model/template/sam/transformSam.ts";
import type { ProjectDocuments } from "./projectDocuments.ts";

export interface TransformedTemplate {
  readonly processed: JsonObject;
  readonly problems: readonly Problem[];
  /** The design's resource that a resource of the processed template came from. */
  designId(logicalId: string): string;
}

interface TransformOptions {
  readonly parameters: Readonly<Record<string, string>>;
  readonly region: string;
  readonly projectDirectory: string | null;
  readonly assets?: LocalAssets;
  /** `reject`: as the official translator, which knows only code on S3. */
  readonly localCode?: "keep" | "reject";
}

/** SAM's transform, and a CDK app's assets as they lie in its folder; a template with neither comes out as it went in. */
export function transformTemplate(document: TemplateDocument, options: TransformOptions, documents: ProjectDocuments): TransformedTemplate {
  const { template, sources, findings } = transformSam(document.value, {
    region: options.region,
    parameters: options.parameters,
    localCode: options.localCode ?? "keep",
    readDocument: documents.read,
  });
  return {
    processed: options.projectDirectory === null ? template : withLocalAssets(template, options.assets),
    problems: findings.flatMap((finding) => locateFindings(document, [finding], finding.severity)),
    designId: (logicalId) => sources[logicalId] ?? logicalId,
  };
}
