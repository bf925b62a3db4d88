import type { DesignCommand } from "../../model/design/design.ts";
import type { Problem } from "../../model/problem.ts";
import { changeDesign } from "./stores/design.ts";
import { fixText } from "./texts/words.ts";

export type Fix = NonNullable<Problem["fix"]>;

/** Mends a problem as one step that can be undone. */
export function applyFix(fix: Fix): void {
  // Rules write design commands; the contract keeps the type open because problem.ts cannot name them without the design.
  const command = fix.command as DesignCommand;
  changeDesign(fixText(fix), command);
}
