import type { TemplateDocument } from "../../template/document.ts";
import { CommandError } from "../commandError.ts";
import { deriveDesign } from "../derive.ts";
import type { Connection } from "../design.ts";
import type { DesignContext } from "../view.ts";
import { removePaths } from "./removePaths.ts";

/** Takes out exactly what makes a connection, and the maps and lists left empty by that. */
export function disconnect(document: TemplateDocument, connectionId: string, context: DesignContext): TemplateDocument {
  const connection = deriveDesign(document, context).connections.find((each) => each.id === connectionId);
  if (!connection) throw new CommandError(`There is no connection ${connectionId} any more.`);
  const refusal = whyNotDisconnect(document, connection);
  if (refusal !== undefined) throw new CommandError(refusal);
  return removePaths(document, connection.writtenAt);
}

/** Some connections stand in a text or expression that says more than the connection. */
export function whyNotDisconnect(document: TemplateDocument, connection: Connection): string | undefined {
  const [first] = connection.writtenAt;
  const isInExpression = connection.writtenAt.some((path) =>
    path.some((part) => typeof part === "string" && (part === "Ref" || part.startsWith("Fn::"))),
  );
  if (!first || connection.kind === "reference" || isInExpression) {
    const line = first && document.rangeOf(first)?.start.line;
    const place = line === undefined ? document.path : `${document.path}, line ${line}`;
    return `${connection.from} mentions ${connection.to} in a place of its own: change it there (${place}).`;
  }
  return undefined;
}
