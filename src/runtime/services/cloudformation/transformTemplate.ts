import type { JsonObject } from "../../../model/json.ts";
import type { Problem } from "../../../model/problem.ts";
import type { TemplateDocument } from "../../../model/template/document.ts";

export interface TransformedTemplate {
  readonly processed: JsonObject;
  readonly problems: readonly Problem[];
  /** The design's resource that a resource of the processed template came from. */
  designId(logicalId: string): string;
}

export function transformTemplate(document: TemplateDocument, _source: { readonly parameters: Readonly<Record<string, string>> }): TransformedTemplate {
  return { processed: document.value, problems: [], designId: (id) => id };
}
