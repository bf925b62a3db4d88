// Input templates: `{"state": <state>}` or `"<instance> is <state>"`, filled from an event.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
import type { Json } from "../json.ts";

/** Placeholders by their names without `<` and `>`; undefined: the event has no such value. */
export type Placeholders = (name: string) => Json | undefined;

/** Where the placeholder stands inside a text its value goes in without quotes; elsewhere as JSON. */
export function fillTemplate(template: string, valueOf: Placeholders): string {
  let result = "";
  let isInText = false;
  for (let index = 0; index < template.length; index++) {
    const character = template.charAt(index);
    if (character === "\\" && isInText) {
      result += template.slice(index, index + 2);
      index++;
      continue;
    }
    if (character === '"') isInText = !isInText;
    const name = character === "<" ? /^<([^<>"\s]+)>/.exec(template.slice(index, index + 300))?.[1] : undefined;
    if (name === undefined) {
      result += character;
      continue;
    }
    result += isInText ? textOf(valueOf(name)) : JSON.stringify(valueOf(name) ?? "");
    index += name.length + 1;
  }
  return result;
}

/** As it stands between quotes. */
function textOf(value: Json | undefined): string {
  if (value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

/** Names that a template uses: `<state>`, `<aws.events.event>`. */
export function placeholdersOf(template: string): readonly string[] {
  return [...template.matchAll(/<([^<>"\s]+)>/g)].map(([, name = ""]) => name);
}
