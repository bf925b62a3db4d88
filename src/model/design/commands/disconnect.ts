import type { TemplateDocument } from "../../template/document.ts";
import { CommandError } from "../commandError.ts";
import { deriveDesign } from "../derive.ts";
import type { Connection, TemplatePath } from "../design.ts";
import { at, type DesignContext } from "../view.ts";
import { removePaths } from "./removePaths.ts";
import { words, type Words, type WordsValue } from "../../words.ts";

/** Takes out exactly what makes a connection and nothing else, and the maps and lists left empty by that. */
export function disconnect(document: TemplateDocument, connectionId: string, context: DesignContext): TemplateDocument {
  const { connections } = deriveDesign(document, context);
  const connection = connections.find((each) => each.id === connectionId);
  if (!connection) throw new CommandError(words("There is no connection {{id}} any more.", { id: connectionId }));
  const refusal = whyNotDisconnect(document, connection);
  if (refusal !== undefined) throw new CommandError(refusal);
  return removePaths(document, ownPlaces(connections, [connection]));
}

/** Places that make these connections and no others: one permission, role or variable often serves several. */
export function ownPlaces(all: readonly Connection[], gone: readonly Connection[]): TemplatePath[] {
  const shared = new Set(all.filter((each) => !gone.includes(each)).flatMap((each) => each.writtenAt.map(keyOf)));
  return gone.flatMap((each) => each.writtenAt.filter((path) => !shared.has(keyOf(path))));
}

function keyOf(path: TemplatePath): string {
  return path.join("\u0000");
}

/** Some connections stand in a file of their own, or in a text or expression that says more than the connection. */
export function whyNotDisconnect(document: TemplateDocument, connection: Connection): Words | undefined {
  const { from, to, file, kind, writtenAt } = connection;
  if (file !== undefined) return words("{{from}} reaches {{to}} as {{file}} says: change it there.", { from, to, file });
  const [first] = writtenAt;
  // Loops are written out and files included before the design is read: what they make has no line of its own to remove.
  const made = writtenAt.find((path) => at(document.value, ...path) === undefined);
  if (made)
    return words("{{from}} and {{to}} are connected by what a loop or an included file makes: change it there ({{place}}).", {
      from,
      to,
      place: placeOf(document, made),
    });
  const inherited = writtenAt.find((path) => path[0] === "Globals");
  if (inherited)
    return words("{{from}} has its connection to {{to}} from Globals: change it there ({{place}}).", {
      from,
      to,
      place: placeOf(document, inherited),
    });
  const state = writtenAt.find((path) => path[3] === "Definition" || path[3] === "DefinitionString");
  if (state) {
    const place = placeOf(document, state);
    return state.indexOf("States") > 0
      ? words("{{to}} is called by the state {{state}} of {{from}}: change what it does there ({{place}}).", {
          to,
          state: String(state.at(-1)),
          from,
          place,
        })
      : words("{{to}} is called by the definition of {{from}}: change what it does there ({{place}}).", { to, from, place });
  }
  const isInExpression = writtenAt.some((path) =>
    path.some((part) => typeof part === "string" && (part === "Ref" || part.startsWith("Fn::"))),
  );
  if (!first || kind === "reference" || isInExpression) {
    return words("{{from}} mentions {{to}} in a place of its own: change it there ({{place}}).", {
      from,
      to,
      place: placeOf(document, first),
    });
  }
  return undefined;
}

export function placeOf(document: TemplateDocument, path: TemplatePath | undefined): WordsValue {
  const line = path && document.rangeOf(path)?.start.line;
  return line === undefined ? document.path : words("{{file}}, line {{line}}", { file: document.path, line });
}
