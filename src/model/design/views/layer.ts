// One design seen for one question: who may call whom, what happens when something fails, what it costs.
import { at, listOf, numberOf, textOf } from "../view.ts";
import type { Connection, Design, DesignResource } from "../design.ts";
import { priceOf } from "./prices.ts";

export const layers = ["flow", "security", "failure", "cost"] as const;
export type Layer = (typeof layers)[number];

export interface LayerFact {
  readonly text: string;
  /** warning: a person should look at it. */
  readonly tone: "plain" | "ok" | "warning";
}

export interface LayerView {
  /** Lines that answer the question; the others step back. null: all of them do. */
  readonly connections: ReadonlyMap<string, string> | null;
  readonly facts: ReadonlyMap<string, LayerFact>;
}

type Drawn = Pick<Design, "resources" | "connections">;

export function layerView(design: Drawn, layer: Layer): LayerView {
  switch (layer) {
    case "flow":
      return { connections: null, facts: new Map() };
    case "security":
      return view(design, securityLine, securityFact);
    case "failure":
      return view(design, failureLine, failureFact);
    case "cost":
      return { connections: null, facts: facts(design, costFact) };
  }
}

type LineOf = (connection: Connection, design: Drawn) => string | undefined;
type FactOf = (resource: DesignResource, design: Drawn) => LayerFact | undefined;

function view(design: Drawn, lineOf: LineOf, factOf: FactOf): LayerView {
  const connections = new Map<string, string>();
  for (const connection of design.connections) {
    const words = lineOf(connection, design);
    if (words !== undefined) connections.set(connection.id, words);
  }
  return { connections, facts: facts(design, factOf) };
}

function facts(design: Drawn, factOf: FactOf): ReadonlyMap<string, LayerFact> {
  const found = new Map<string, LayerFact>();
  for (const resource of design.resources) {
    const fact = factOf(resource, design);
    if (fact !== undefined) found.set(resource.id, fact);
  }
  return found;
}

/** Who may do what with whom: permissions, and what a service may invoke. */
function securityLine(connection: Connection): string | undefined {
  if (connection.kind === "access") return connection.label === "" ? "may use" : connection.label;
  if (connection.label === "authorizer") return "authorizes";
  return connection.kind === "trigger" || connection.fromRoute !== undefined ? "invoke" : undefined;
}

function securityFact(resource: DesignResource, { connections }: Drawn): LayerFact | undefined {
  const { id, type, effectiveProperties: properties } = resource;
  if (/(HttpApi|Serverless::Api|RestApi|ApiGatewayV2::Api)$/.test(type)) {
    const hasAuth = at(properties, "Auth", "DefaultAuthorizer") !== undefined || at(properties, "Auth", "ApiKeyRequired") !== undefined;
    const hasGuard = connections.some((one) => one.label === "authorizer" && (one.from === id || one.to === id));
    return hasAuth || hasGuard ? { text: "asks who calls", tone: "ok" } : { text: "open to everyone", tone: "warning" };
  }
  if (type === "AWS::CloudFront::Distribution") return { text: "open to everyone", tone: "plain" };
  if (type.endsWith("Function")) {
    if (textOf(at(properties, "FunctionUrlConfig", "AuthType")) === "NONE") return { text: "URL open to everyone", tone: "warning" };
    const own = connections.filter((one) => one.kind === "access" && one.from === id);
    if (own.some((one) => one.label === "all")) return { text: "may do everything", tone: "warning" };
    return { text: own.length === 0 ? "may use nothing" : own.length === 1 ? "may use 1" : `may use ${own.length}`, tone: "plain" };
  }
  const users = new Set(connections.filter((one) => one.kind === "access" && one.to === id).map((one) => one.from)).size;
  return users === 0 ? undefined : { text: users === 1 ? "used by 1" : `used by ${users}`, tone: "plain" };
}

function failureLine(connection: Connection, { resources }: Drawn): string | undefined {
  if (connection.kind === "dead-letter") return connection.label === "" ? "when it fails" : connection.label;
  if (connection.kind !== "trigger") return undefined;
  const source = resources.find(({ id }) => id === connection.from);
  if (source === undefined) return undefined;
  if (/Table$|Stream$/.test(source.type)) return "until it works or is too old";
  const receives = numberOf(at(source.effectiveProperties, "RedrivePolicy", "maxReceiveCount"));
  if (source.type === "AWS::SQS::Queue")
    return receives === undefined ? "until it expires" : receives === 1 ? "1 try" : `${receives} tries`;
  return connection.fromRoute === undefined ? "2 retries" : undefined;
}

/** Sources whose failed events Lambda itself tries again. */
const asynchronous = /^AWS::(SNS::Topic|S3::Bucket|Events::Rule|Events::EventBus|Scheduler::Schedule)$/;
const oldestDays = 4;

function failureFact(resource: DesignResource, { resources, connections }: Drawn): LayerFact | undefined {
  const { id, type, effectiveProperties: properties } = resource;
  const catches = connections.some((one) => one.kind === "dead-letter" && one.to === id);
  if (catches) return { text: "catches what failed", tone: "ok" };
  const isCaught = connections.some((one) => one.kind === "dead-letter" && one.from === id);
  if (type === "AWS::SQS::Queue") {
    if (isCaught) return { text: "dead letters kept", tone: "ok" };
    const seconds = numberOf(properties["MessageRetentionPeriod"]);
    const days = seconds === undefined ? oldestDays : Math.round(seconds / 86_400);
    return { text: `lost after ${days} d`, tone: "warning" };
  }
  if (type.endsWith("Function")) {
    const sources = connections.filter((one) => one.to === id && one.kind === "trigger");
    const kinds = sources.flatMap((one) => resources.find((other) => other.id === one.from)?.type ?? []);
    const hasSchedule = sources.some((one) => /^(rate|cron|at)\(/.test(one.label));
    if (kinds.some((kind) => asynchronous.test(kind)) || hasSchedule)
      return isCaught ? { text: "2 retries, then kept", tone: "ok" } : { text: "2 retries, then lost", tone: "warning" };
    if (kinds.some((kind) => /Table$|Stream$/.test(kind)))
      return isCaught ? { text: "failed batches kept", tone: "ok" } : { text: "blocks its shard", tone: "warning" };
    return sources.some((one) => one.fromRoute !== undefined) ? { text: "the caller is told", tone: "plain" } : undefined;
  }
  if (type.endsWith("StateMachine")) {
    const hasCatch = listOf(properties["Definition"] ?? properties["DefinitionString"]).some((one) =>
      JSON.stringify(one).includes("Catch"),
    );
    return hasCatch ? { text: "catches failures", tone: "ok" } : undefined;
  }
  return undefined;
}

function costFact(resource: DesignResource): LayerFact | undefined {
  const text = priceOf(resource);
  return text === undefined ? undefined : { text, tone: "plain" };
}
