import type { JsonObject } from "../json.ts";
import type { ConnectionKind } from "../service.ts";
import type { Connection, Route, TemplatePath } from "./design.ts";
import { english, inRow, type WordsValue } from "../words.ts";

/** One finding on the way to a connection; findings that say the same connection are joined. */
export interface ConnectionFinding {
  readonly kind: ConnectionKind;
  readonly from: string;
  readonly to: string;
  /** Tells connections of one kind between the same ends apart: a route, an event's name. */
  readonly name?: string;
  readonly fromRoute?: Route;
  /** Several: what is said twice is said once. */
  readonly label?: WordsValue | readonly WordsValue[];
  readonly writtenAt: readonly TemplatePath[];
  /** The local file that says it, where the template only names that file. */
  readonly file?: string;
  /** Only adds its places to connections between the same ends that others find (a permission, a role's policy). */
  readonly joins?: Joining;
}

interface Joining {
  readonly kinds: readonly ConnectionKind[];
  /** The other connection runs the other way: leave to read the queue that triggers the reader. */
  readonly isReversed?: boolean;
  /** What it is when there is no such connection. */
  readonly orElse: "own" | "nothing";
}

/** A resource that SAM makes and nobody wrote: an API that no event names, the rule of a schedule. */
export interface MadeResource {
  readonly id: string;
  readonly type: string;
  readonly path: TemplatePath;
  readonly properties: JsonObject;
}

/** Gathers routes and connections while a design is derived. */
export interface DesignDraft {
  connect(finding: ConnectionFinding): void;
  route(api: string, route: Route): void;
  make(resource: MadeResource): void;
}

export interface FinishedDraft {
  readonly connections: readonly Connection[];
  readonly routes: ReadonlyMap<string, readonly Route[]>;
  readonly made: ReadonlyMap<string, MadeResource>;
}

interface OpenConnection {
  readonly finding: ConnectionFinding;
  /** By what they are in English. */
  readonly labels: Map<string, WordsValue>;
  readonly writtenAt: Map<string, TemplatePath>;
}

export function createDraft(): DesignDraft & { finish(): FinishedDraft } {
  const open = new Map<string, OpenConnection>();
  const byEnds = new Map<string, OpenConnection[]>();
  const routes = new Map<string, Map<string, Route>>();
  const made = new Map<string, MadeResource>();
  const supplements: ConnectionFinding[] = [];

  function add(finding: ConnectionFinding): void {
    const id = connectionId(finding);
    let connection = open.get(id);
    if (!connection) {
      connection = { finding, labels: new Map(), writtenAt: new Map() };
      open.set(id, connection);
      const ends = `${finding.from}>${finding.to}`;
      const there = byEnds.get(ends);
      if (there) there.push(connection);
      else byEnds.set(ends, [connection]);
    }
    extend(connection, finding);
  }

  function extend(connection: OpenConnection, finding: ConnectionFinding): void {
    for (const label of isList(finding.label) ? finding.label : [finding.label ?? ""]) {
      const text = english(label);
      if (text !== "" && !connection.labels.has(text)) connection.labels.set(text, label);
    }
    addPlaces(connection, finding);
  }

  function addPlaces(connection: OpenConnection, finding: ConnectionFinding): void {
    for (const path of finding.writtenAt) connection.writtenAt.set(path.join("\u0000"), path);
  }

  function join(finding: ConnectionFinding): void {
    const { from, to, joins } = finding;
    // Leave for something that the environment names is leave for its use, not for another connection.
    if (finding.kind === "access" && open.has(connectionId(finding))) {
      add(finding);
      return;
    }
    const there = byEnds.get(joins?.isReversed === true ? `${to}>${from}` : `${from}>${to}`);
    const same = there?.filter((connection) => joins?.kinds.includes(connection.finding.kind)) ?? [];
    // What it carries is said already.
    for (const connection of same) addPlaces(connection, finding);
    if (same.length === 0 && joins?.orElse === "own") add(finding);
  }

  return {
    connect(finding) {
      if (finding.from === finding.to && finding.kind === "reference") return;
      if (finding.joins) supplements.push(finding);
      else add(finding);
      if (finding.fromRoute) this.route(finding.from, finding.fromRoute);
    },
    route(api, route) {
      const known = routes.get(api) ?? new Map<string, Route>();
      known.set(route.id, route);
      routes.set(api, known);
    },
    make(resource) {
      made.set(resource.id, resource);
    },
    finish() {
      for (const finding of supplements.splice(0)) join(finding);
      return {
        connections: [...open].map(([id, connection]) => finished(id, connection)),
        routes: new Map([...routes].map(([api, known]) => [api, [...known.values()]])),
        made,
      };
    },
  };
}

function connectionId({ from, to, kind, name }: ConnectionFinding): string {
  return name === undefined ? `${from}>${to}:${kind}` : `${from}>${to}:${kind}:${name}`;
}

function finished(id: string, { finding, labels, writtenAt }: OpenConnection): Connection {
  return {
    id,
    kind: finding.kind,
    from: finding.from,
    to: finding.to,
    ...(finding.fromRoute ? { fromRoute: finding.fromRoute.id } : {}),
    label: [...labels.keys()].join(", "),
    ...wordsOf([...labels.values()]),
    writtenAt: [...writtenAt.values()],
    ...(finding.file === undefined ? {} : { file: finding.file }),
  };
}

function isList(label: ConnectionFinding["label"]): label is readonly WordsValue[] {
  return Array.isArray(label);
}

function wordsOf(labels: readonly WordsValue[]): Pick<Connection, "labelWords"> {
  if (!labels.some((label) => typeof label === "object")) return {};
  const [only, ...others] = labels;
  return { labelWords: typeof only === "object" && others.length === 0 ? only : inRow(labels, ", ") };
}
