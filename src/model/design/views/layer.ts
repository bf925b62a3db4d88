// One design seen for one question: who may call whom, what happens when something fails, what it costs.
import { at, listOf, numberOf, textOf } from "../view.ts";
import type { Connection, Design, DesignResource } from "../design.ts";
import { priceOf } from "./prices.ts";
import { words, type Words, type WordsValue } from "../../words.ts";

export const layers = ["flow", "security", "failure", "cost"] as const;
export type Layer = (typeof layers)[number];

export interface LayerFact {
  readonly text: Words;
  /** warning: a person should look at it. */
  readonly tone: "plain" | "ok" | "warning";
}

export interface LayerView {
  /** Lines that answer the question; the others step back. null: all of them do. */
  readonly connections: ReadonlyMap<string, WordsValue> | null;
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

type LineOf = (connection: Connection, design: Drawn) => WordsValue | undefined;
type FactOf = (resource: DesignResource, design: Drawn) => LayerFact | undefined;

function view(design: Drawn, lineOf: LineOf, factOf: FactOf): LayerView {
  const connections = new Map<string, WordsValue>();
  for (const connection of design.connections) {
    const line = lineOf(connection, design);
    if (line !== undefined) connections.set(connection.id, line);
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
function securityLine(connection: Connection): WordsValue | undefined {
  if (connection.kind === "access") return connection.label === "" ? words("may use") : (connection.labelWords ?? connection.label);
  if (connection.label === "authorizer") return words("authorizes");
  return connection.kind === "trigger" || connection.fromRoute !== undefined ? words("invoke") : undefined;
}

function securityFact(resource: DesignResource, { connections }: Drawn): LayerFact | undefined {
  const { id, type, effectiveProperties: properties } = resource;
  if (/(HttpApi|Serverless::Api|RestApi|ApiGatewayV2::Api)$/.test(type)) {
    const hasAuth = at(properties, "Auth", "DefaultAuthorizer") !== undefined || at(properties, "Auth", "ApiKeyRequired") !== undefined;
    const hasGuard = connections.some((one) => one.label === "authorizer" && (one.from === id || one.to === id));
    return hasAuth || hasGuard ? { text: words("asks who calls"), tone: "ok" } : { text: words("open to everyone"), tone: "warning" };
  }
  if (type === "AWS::CloudFront::Distribution") return { text: words("open to everyone"), tone: "plain" };
  if (type.endsWith("Function")) {
    if (textOf(at(properties, "FunctionUrlConfig", "AuthType")) === "NONE") return { text: words("URL open to everyone"), tone: "warning" };
    const own = connections.filter((one) => one.kind === "access" && one.from === id);
    if (own.some((one) => one.label === "all")) return { text: words("may do everything"), tone: "warning" };
    return { text: own.length === 0 ? words("may use nothing") : words("may use {{count}}", { count: own.length }), tone: "plain" };
  }
  const users = new Set(connections.filter((one) => one.kind === "access" && one.to === id).map((one) => one.from)).size;
  return users === 0 ? undefined : { text: words("used by {{count}}", { count: users }), tone: "plain" };
}

function failureLine(connection: Connection, { resources }: Drawn): WordsValue | undefined {
  if (connection.kind === "dead-letter")
    return connection.label === "" ? words("when it fails") : (connection.labelWords ?? connection.label);
  if (connection.kind !== "trigger") return undefined;
  const source = resources.find(({ id }) => id === connection.from);
  if (source === undefined) return undefined;
  if (/Table$|Stream$/.test(source.type)) return words("until it works or is too old");
  const receives = numberOf(at(source.effectiveProperties, "RedrivePolicy", "maxReceiveCount"));
  if (source.type === "AWS::SQS::Queue") {
    if (receives === undefined) return words("until it expires");
    return receives === 1 ? words("1 try") : words("{{count}} tries", { count: receives });
  }
  return connection.fromRoute === undefined ? words("2 retries") : undefined;
}

/** Sources whose failed events Lambda itself tries again. */
const asynchronous = /^AWS::(SNS::Topic|S3::Bucket|Events::Rule|Events::EventBus|Scheduler::Schedule)$/;
const oldestDays = 4;

function failureFact(resource: DesignResource, { resources, connections }: Drawn): LayerFact | undefined {
  const { id, type, effectiveProperties: properties } = resource;
  const catches = connections.some((one) => one.kind === "dead-letter" && one.to === id);
  if (catches) return { text: words("catches what failed"), tone: "ok" };
  const isCaught = connections.some((one) => one.kind === "dead-letter" && one.from === id);
  if (type === "AWS::SQS::Queue") {
    if (isCaught) return { text: words("dead letters kept"), tone: "ok" };
    const seconds = numberOf(properties["MessageRetentionPeriod"]);
    const days = seconds === undefined ? oldestDays : Math.round(seconds / 86_400);
    return { text: words("lost after {{days}} d", { days }), tone: "warning" };
  }
  if (type.endsWith("Function")) {
    const sources = connections.filter((one) => one.to === id && one.kind === "trigger");
    const kinds = sources.flatMap((one) => resources.find((other) => other.id === one.from)?.type ?? []);
    const hasSchedule = sources.some((one) => /^(rate|cron|at)\(/.test(one.label));
    if (kinds.some((kind) => asynchronous.test(kind)) || hasSchedule)
      return isCaught ? { text: words("2 retries, then kept"), tone: "ok" } : { text: words("2 retries, then lost"), tone: "warning" };
    if (kinds.some((kind) => /Table$|Stream$/.test(kind)))
      return isCaught ? { text: words("failed batches kept"), tone: "ok" } : { text: words("blocks its shard"), tone: "warning" };
    return sources.some((one) => one.fromRoute !== undefined) ? { text: words("the caller is told"), tone: "plain" } : undefined;
  }
  if (type.endsWith("StateMachine")) {
    const hasCatch = listOf(properties["Definition"] ?? properties["DefinitionString"]).some((one) =>
      JSON.stringify(one).includes("Catch"),
    );
    return hasCatch ? { text: words("catches failures"), tone: "ok" } : undefined;
  }
  return undefined;
}

function costFact(resource: DesignResource): LayerFact | undefined {
  const text = priceOf(resource);
  return text === undefined ? undefined : { text, tone: "plain" };
}
