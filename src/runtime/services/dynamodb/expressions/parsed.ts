import { parseCondition } from "./conditionParser.ts";
import { keeping } from "./kept.ts";
import type { ConditionSyntax, ExpressionKind, PathSyntax, UpdateSyntax } from "./syntax.ts";
import { TokenReader } from "./tokens.ts";
import { parseUpdate } from "./updateParser.ts";

export function conditionSyntax(kind: ExpressionKind, text: string): ConditionSyntax {
  return conditions(`${kind}:${text}`, () => parseCondition(kind, text));
}

export function updateSyntax(text: string): UpdateSyntax {
  return updates(text, () => parseUpdate(text));
}

export function projectionSyntax(text: string): readonly PathSyntax[] {
  return projections(text, () => {
    const reader = new TokenReader("ProjectionExpression", text);
    const paths: PathSyntax[] = [];
    do paths.push(reader.path());
    while (reader.takeIf(","));
    reader.expectEnd();
    return paths;
  });
}

const conditions = keeping<ConditionSyntax>();
const updates = keeping<UpdateSyntax>();
const projections = keeping<readonly PathSyntax[]>();
