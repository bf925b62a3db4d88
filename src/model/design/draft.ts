import type { ConnectionKind } from "../service.ts";
import type { Connection, Route, TemplatePath } from "./design.ts";

/** One finding on the way to a connection; findings that say the same connection are joined. */
export interface ConnectionFinding {
  readonly kind: ConnectionKind;
  readonly from: string;
  readonly to: string;
  /** Tells connections of one kind between the same ends apart: a route, an event's name. */
  readonly name?: string;
  readonly fromRoute?: Route;
  readonly label?: string;
  readonly writtenAt: readonly TemplatePath[];
  /** Only adds its place to a connection found by others. */
  readonly isSupplement?: boolean;
}

/** Gathers routes and connections while a design is derived. */
export interface DesignDraft {
  connect(finding: ConnectionFinding): void;
  route(api: string, route: Route): void;
  /** An API that SAM makes because an event names none. */
  implicit(api: "HttpApi" | "Api"): void;
}

export interface FinishedDraft {
  readonly connections: readonly Connection[];
  readonly routes: ReadonlyMap<string, readonly Route[]>;
  readonly implicitApis: ReadonlySet<"HttpApi" | "Api">;
}

interface OpenConnection {
  readonly finding: ConnectionFinding;
  readonly labels: Set<string>;
  readonly writtenAt: Map<string, TemplatePath>;
}

export function createDraft(): DesignDraft & { finish(): FinishedDraft } {
  const open = new Map<string, OpenConnection>();
  const byEnds = new Map<string, OpenConnection[]>();
  const routes = new Map<string, Map<string, Route>>();
  const implicit = new Set<"HttpApi" | "Api">();
  const supplements: ConnectionFinding[] = [];

  function add(finding: ConnectionFinding): void {
    const id = connectionId(finding);
    let connection = open.get(id);
    if (!connection) {
      connection = { finding, labels: new Set(), writtenAt: new Map() };
      open.set(id, connection);
      const ends = `${finding.from}>${finding.to}`;
      byEnds.set(ends, [...(byEnds.get(ends) ?? []), connection]);
    }
    extend(connection, finding);
  }

  function extend(connection: OpenConnection, finding: ConnectionFinding): void {
    if (finding.label) connection.labels.add(finding.label);
    for (const path of finding.writtenAt) connection.writtenAt.set(path.join("\u0000"), path);
  }

  return {
    connect(finding) {
      if (finding.from === finding.to && finding.kind === "reference") return;
      if (finding.isSupplement) supplements.push(finding);
      else add(finding);
      if (finding.fromRoute) this.route(finding.from, finding.fromRoute);
    },
    route(api, route) {
      const known = routes.get(api) ?? new Map<string, Route>();
      known.set(route.id, route);
      routes.set(api, known);
    },
    implicit(api) {
      implicit.add(api);
    },
    finish() {
      for (const finding of supplements) {
        const same = byEnds.get(`${finding.from}>${finding.to}`)?.filter((connection) => connection.finding.kind === finding.kind);
        if (same && same.length > 0) for (const connection of same) extend(connection, finding);
        else add(finding);
      }
      return {
        connections: [...open].map(([id, connection]) => finished(id, connection)),
        routes: new Map([...routes].map(([api, known]) => [api, [...known.values()]])),
        implicitApis: implicit,
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
    label: [...labels].join(", "),
    writtenAt: [...writtenAt.values()],
  };
}
