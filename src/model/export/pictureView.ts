// A picture of a design that is looked at for one question, or along one request path: what answers it speaks, the rest steps back.
import type { Connection } from "../design/design.ts";
import type { LayerFact } from "../design/views/layer.ts";
import type { RequestPath } from "../design/views/path.ts";

/** What a layer knows of a card, in the picture's language. */
export type PictureFact = Omit<LayerFact, "text"> & { readonly text: string };

export interface PictureView {
  /** What the layer says of lines, in the picture's language; null: it says nothing of any. */
  readonly connections: ReadonlyMap<string, string> | null;
  readonly facts: ReadonlyMap<string, PictureFact>;
  /** Whether cards say what the layer knows of them, and nothing where it knows nothing. */
  readonly isLayered: boolean;
  /** null: everything is looked at. */
  readonly path: RequestPath | null;
}

export const wholeView: PictureView = { connections: null, facts: new Map(), isLayered: false, path: null };

export interface ViewedConnection extends Connection {
  readonly isDimmed: boolean;
}

/** A drawn line with what the layer says of those that it stands for. */
export function viewedConnection(drawn: Connection, members: readonly Connection[], { connections, path }: PictureView): ViewedConnection {
  const isOnPath = path === null || members.some(({ id }) => path.connections.has(id));
  if (connections === null) return { ...drawn, isDimmed: !isOnPath };
  const label = [...new Set(members.flatMap(({ id }) => connections.get(id) ?? []))].join(", ");
  return { ...drawn, label, isDimmed: !isOnPath || label === "" };
}

/** undefined: the card says what it always says. */
export function viewedFooter(id: string, { isLayered, facts }: PictureView): PictureFact | undefined {
  return isLayered ? (facts.get(id) ?? { text: "", tone: "plain" }) : undefined;
}

export function isCardDimmed(id: string, { path }: PictureView): boolean {
  return path !== null && !path.cards.has(id);
}
