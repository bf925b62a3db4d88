import type { Connection } from "../../model/design/design.ts";

const verbs: Record<string, string> = {
  trigger: "invokes",
  target: "sends to",
  access: "may use",
  "dead-letter": "leaves failed messages in",
  origin: "fetches from",
  reference: "refers to",
};

/** A connection as a sentence, for screen readers and headings: `OrderQueue invokes Fulfil, batch of 10`. */
export function connectionWords(connection: Connection): string {
  const verb = verbs[connection.kind] ?? "is connected to";
  return `${connection.from} ${verb} ${connection.to}${connection.label === "" ? "" : `, ${connection.label}`}`;
}
