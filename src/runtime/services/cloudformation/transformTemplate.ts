import type { JsonObject } from "../../../model/json.ts";
import type { Problem } from "../../../model/problem.ts";
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

/** SAM's transform; a template without SAM comes out as it went in. */
export function transformTemplate(
  document: TemplateDocument,
  options: { readonly parameters: Readonly<Record<string, string>>; readonly region: string },
  documents: ProjectDocuments,
): TransformedTemplate {
  const { template, sources, findings } = transformSam(document.value, {
    region: options.region,
    parameters: options.parameters,
    localCode: "keep",
    readDocument: documents.read,
  });
  return {
    processed: template,
    problems: findings.flatMap((finding) => locateFindings(document, [finding], finding.severity)),
    designId: (logicalId) => sources[logicalId] ?? logicalId,
  };
}
