// Completion inside JSON in which paths or expressions are filled in.
import { completeJsonata, completePath } from "./expression.ts";
import { placeInJson } from "./placeInJson.ts";
import type { CompletionScope, Suggestion } from "./suggestion.ts";

/** `members`: names that the object may have, for what a service's operation takes. */
export function completeTemplate(text: string, offset: number, scope: CompletionScope, members: readonly string[]): readonly Suggestion[] {
  if (text.trimStart().startsWith("{%")) return inBrackets(text, offset, 0, scope);
  const place = placeInJson(text, offset);
  if (place === null || !place.isInText) return [];
  const { from, to } = place;
  if (place.role === "key") {
    if (place.steps.length > 0) return [];
    const names = scope.language === "JSONPath" ? members.flatMap((name) => [name, `${name}.$`]) : members;
    return names.map((name) => ({ label: name, insert: name, from, to, kind: "field" }));
  }
  return completeText(text, offset, { ...place, key: String(place.steps.at(-1) ?? "") }, scope);
}

/** Inside a text of JSON that stands from `from` to `to`; `key` is the name of its member. */
export function completeText(
  text: string,
  offset: number,
  { from, to, key }: { readonly from: number; readonly to: number; readonly key: string },
  scope: CompletionScope,
): readonly Suggestion[] {
  if (scope.language === "JSONPath") return key.endsWith(".$") ? within(text, from, to, offset, scope, completePath) : [];
  if (text.slice(from, offset).includes("{%")) return inBrackets(text, offset, from, scope);
  if (text.slice(from, to).trim() !== "") return [];
  return [
    {
      label: "{% … %}",
      insert: "{% $states.input %}",
      from,
      to,
      kind: "value",
      detail: "an expression",
      help: "What stands between the brackets is JSONata.",
    },
  ];
}

function inBrackets(text: string, offset: number, from: number, scope: CompletionScope): readonly Suggestion[] {
  const begin = text.lastIndexOf("{%", offset - 1);
  if (begin < from || text.slice(begin, offset).includes("%}")) return [];
  return within(text, begin + 2, text.length, offset, scope, completeJsonata);
}

function within(
  text: string,
  from: number,
  to: number,
  offset: number,
  scope: CompletionScope,
  complete: typeof completePath,
): readonly Suggestion[] {
  return complete(text.slice(from, to), offset - from, scope).map((one) => ({ ...one, from: one.from + from, to: one.to + from }));
}
