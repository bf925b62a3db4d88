import { parseCondition } from "./conditionParser.ts";
import type { ConditionSyntax, ExpressionKind, PathSyntax, UpdateSyntax } from "./syntax.ts";
import { TokenReader } from "./tokens.ts";
import { parseUpdate } from "./updateParser.ts";

// Handlers send the same few expressions again and again: what was parsed is kept, the oldest forgotten.

const maxKept = 500;

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

function keeping<Parsed>(): (text: string, parse: () => Parsed) => Parsed {
  const kept = new Map<string, Parsed>();
  return (text, parse) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const parsed = parse();
    for (const oldest of kept.keys()) {
      if (kept.size < maxKept) break;
      kept.delete(oldest);
    }
    kept.set(text, parsed);
    return parsed;
  };
}
