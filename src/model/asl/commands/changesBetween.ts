// The smallest edits that make one value of another: each leaf for itself, so that nothing beside it is written anew.
import { isJsonObject, type Json } from "../../json.ts";
import type { TemplateEdit } from "../../template/document.ts";
import { isSame } from "../../template/jsonEdit.ts";
import type { Steps } from "./command.ts";

export function changesBetween(path: Steps, before: Json | undefined, after: Json): readonly TemplateEdit[] {
  if (isSame(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return after.flatMap((item, index) => changesBetween([...path, index], before[index], item));
  if (!isJsonObject(before) || !isJsonObject(after)) return [{ type: "set", path, value: after }];
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const come = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  // `End` becomes `Next`, `Charge` becomes `Charge 2`, where they stand
  const oldNames = new Map(gone.length === come.length ? come.map((key, index) => [key, gone[index] ?? key]) : []);
  const edits: TemplateEdit[] = oldNames.size > 0 ? [] : gone.map((key) => ({ type: "remove", path: [...path, key] }));
  for (const [key, old] of oldNames) edits.push({ type: "renameKey", path: [...path, old], key });
  for (const [key, value] of Object.entries(after)) edits.push(...changesBetween([...path, key], before[oldNames.get(key) ?? key], value));
  return edits;
}
