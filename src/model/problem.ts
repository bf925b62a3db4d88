import type { Words } from "./words.ts";

/** Where in a file: lines and columns are 1-based, `end` is exclusive, offsets count UTF-16 units. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}
export interface TextPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Something wrong or doubtful in a project: shown in the Problems dock, on nodes, in the editor, by `contrail check`. */
export interface Problem {
  readonly severity: "error" | "warning" | "info";
  /** Stable id of the rule that found it: `template.duplicate-key`. */
  readonly rule: string;
  /** What happened and what to do next, one or two sentences. */
  readonly message: string;
  /** The message with its values apart, for showing it in another language. */
  readonly words?: Words;
  /** Path relative to the project folder. */
  readonly file: string;
  readonly range?: TextRange;
  /** Logical ID of the resource it belongs to. */
  readonly resource?: string;
  /** A design command that mends it, with the words for its button. */
  readonly fix?: { readonly title: string; readonly words?: Words; readonly command: unknown };
}
