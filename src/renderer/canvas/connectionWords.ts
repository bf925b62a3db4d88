import type { Connection } from "../../model/design/design.ts";
import { perLanguage, t } from "../app/texts/texts.ts";
import { labelOf } from "../app/texts/words.ts";

const verbs = perLanguage((): Record<string, string> => ({
  trigger: t("invokes"),
  target: t("sends to"),
  access: t("may use"),
  "dead-letter": t("leaves failed messages in"),
  origin: t("fetches from"),
  reference: t("refers to"),
}));

/** A connection as a sentence, for screen readers and headings: `OrderQueue invokes Fulfil, batch of 10`. */
export function connectionWords(connection: Connection): string {
  const verb = verbs()[connection.kind] ?? t("is connected to");
  return `${connection.from} ${verb} ${connection.to}${connection.label === "" ? "" : `, ${labelOf(connection)}`}`;
}
