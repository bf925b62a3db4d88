// Moves an item of a list among the others in the text: what stands in it moves along, to the letter.
import type { TemplateDocument } from "../../template/document.ts";
import type { MoveEdit } from "./editsOf.ts";
import type { Steps } from "./command.ts";
import { valueAt } from "./flow.ts";
import { CommandError } from "../../design/commandError.ts";
import { words } from "../../words.ts";

export function moveItem(document: TemplateDocument, base: Steps, { path, from, to }: MoveEdit): string {
  const list = [...base, ...path];
  const items = valueAt(document.value, list);
  const ranges = (Array.isArray(items) ? items : []).map((_item, index) => document.rangeOf([...list, index], "value"));
  const order = ranges.map((_range, index) => index);
  order.splice(to, 0, ...order.splice(from, 1));
  let text = "";
  let end = 0;
  for (const [index, source] of order.entries()) {
    const place = ranges[index];
    const taken = ranges[source];
    // items that aliases or functions make have no text of their own
    if (place === undefined || taken === undefined || place.start.offset < end)
      throw new CommandError(words("These cannot change places: they are not written one after the other. Move them in the text."));
    text += document.text.slice(end, place.start.offset) + document.text.slice(taken.start.offset, taken.end.offset);
    end = place.end.offset;
  }
  return text + document.text.slice(end);
}
