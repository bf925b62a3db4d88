import type { Json, JsonObject } from "../json.ts";
import type { Problem, TextRange } from "../problem.ts";
import type { TemplatePath } from "../design/design.ts";

/**
 * A template as text and as value at once. Immutable: an edit gives a new document whose text differs only in the
 * lines that the edit concerns. Implemented in this folder; see parseTemplate.
 */
export interface TemplateDocument {
  readonly path: string;
  readonly text: string;
  readonly format: "yaml" | "json";
  /** The whole template with short intrinsics in long form (`!Ref A` is `{"Ref": "A"}`), anchors and merge keys applied. Empty object when it does not parse. */
  readonly value: JsonObject;
  /** Syntax problems; a document with an error among them keeps its text and refuses edits. */
  readonly problems: readonly Problem[];
  /** Where a node stands in the text; `key` gives the range of the key alone. */
  rangeOf(path: TemplatePath, part?: "node" | "key" | "value"): TextRange | undefined;
  /** The deepest path at an offset. */
  pathAt(offset: number): TemplatePath;
  edit(edits: readonly TemplateEdit[]): TemplateDocument;
}

export type TemplateEdit =
  /** Sets or creates a value; missing parents are created in the style of their neighbours. */
  | {
      readonly type: "set";
      readonly path: TemplatePath;
      readonly value: Json;
      /** A new key is written behind this one of its neighbours; otherwise it is the last. */
      readonly after?: string;
    }
  | { readonly type: "remove"; readonly path: TemplatePath }
  | { readonly type: "renameKey"; readonly path: TemplatePath; readonly key: string }
  | { readonly type: "append"; readonly path: TemplatePath; readonly value: Json };
