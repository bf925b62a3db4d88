// Conditions as SAM writes them for what several APIs share: where all of them carry the same one, its transform puts that name alone,
// which CloudFormation does not take for a condition.
import type { SamResult } from "../template/sam/transformSam.ts";
import { sectionOf } from "./known.ts";
import { words, type Words } from "../words.ts";

interface BrokenCondition {
  /** The condition that all of them carry. */
  readonly name: string;
  readonly words: Words;
}

export function brokenConditions({ template }: SamResult): readonly BrokenCondition[] {
  return Object.values(sectionOf(template, "Conditions")).flatMap((name) => {
    if (typeof name !== "string") return [];
    const refusal = words(
      "All APIs that share a usage plan carry the condition {{name}}: SAM then writes one for the plan that CloudFormation refuses. Give one of them a plan of its own (CreateUsagePlan: PER_API), or share it with an API without that condition.",
      { name },
    );
    return [{ name, words: refusal }];
  });
}
