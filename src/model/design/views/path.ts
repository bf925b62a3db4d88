// What one request goes through: everything that can follow from a card or from one of its connections.
import type { Connection, Design } from "../design.ts";

export interface RequestPath {
  readonly cards: ReadonlySet<string>;
  readonly connections: ReadonlySet<string>;
}

export type PathStart = { readonly card: string } | { readonly connection: string };

/** From a card, or from one connection: then only that one of its beginning is followed, with the CDN in front of it. */
export function pathFrom({ connections }: Pick<Design, "connections">, start: PathStart): RequestPath {
  const leaving = Map.groupBy(connections.filter(carriesOn), ({ from }) => from);
  const cards = new Set<string>();
  const lines = new Set<string>();
  const waiting: string[] = [];
  if ("card" in start) waiting.push(start.card);
  else {
    const first = connections.find(({ id }) => id === start.connection);
    if (first === undefined) return { cards, connections: lines };
    for (const one of [first, ...connections.filter(({ kind, to }) => kind === "origin" && to === first.from)]) {
      cards.add(one.from);
      lines.add(one.id);
    }
    waiting.push(first.to);
  }
  for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
    if (cards.has(id)) continue;
    cards.add(id);
    for (const connection of leaving.get(id) ?? []) {
      lines.add(connection.id);
      waiting.push(connection.to);
    }
  }
  return { cards, connections: lines };
}

/** A reference says that one names another, not that anything goes there. */
function carriesOn({ kind }: Connection): boolean {
  return kind !== "reference";
}
