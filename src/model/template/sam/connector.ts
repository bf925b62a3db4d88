// AWS::Serverless::Connector → the policies and permissions that let its source reach its destinations. Connectors may also
// stand in a resource's attribute Connectors; these become resources of their own before anything is transformed.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { connectedSamTypes, connectedTypes, connectorProfiles } from "./connectorProfiles.ts";
import type { ConnectorAccess, ConnectorProfile } from "./connectorProfiles.ts";
import { emit, fail, guarded, mainAttributes } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { entryOf, getAtt, isSame, isSet, listOf, mapOf, namedId, ref, sub } from "./json.ts";
import { words } from "../../words.ts";

const connectorType = "AWS::Serverless::Connector";

export function addEmbeddedConnectors(context: SamContext): void {
  const made: JsonObject = {};
  for (const [id, resource] of Object.entries(context.resources)) {
    if (!isJsonObject(resource) || resource.Connectors === undefined) continue;
    const { Connectors: connectors } = resource;
    delete resource.Connectors;
    guarded(context, { path: ["Resources", id, "Connectors"], who: id }, () => {
      if (!isJsonObject(connectors)) fail(words("{{property}} should be a map.", { property: "Connectors" }), "sam.connector");
    });
    for (const [name, connector] of Object.entries(mapOf(connectors))) {
      guarded(context, { path: ["Resources", id, "Connectors", name], who: words("Connector {{name}} of {{id}}", { name, id }) }, () => {
        const whole = id + name;
        if (Object.hasOwn(context.resources, whole))
          fail(words("there is a resource named {{name}} already.", { name: whole }), "sam.name-taken");
        made[whole] = standalone(id, connector);
        context.owners.set(whole, id);
      });
    }
  }
  Object.assign(context.resources, made);
}

function standalone(id: string, connector: Json): JsonObject {
  if (!isJsonObject(connector)) fail(words("a connector should be a map."), "sam.connector");
  if (!isJsonObject(connector.Properties)) fail(words("{{property}} should be a map.", { property: "Properties" }), "sam.connector");
  const { SourceReference: reference = {}, ...properties } = connector.Properties;
  if (!isJsonObject(reference)) fail(words("{{property}} should be a map.", { property: "SourceReference" }), "sam.connector");
  if (reference.Id !== undefined) fail(words("SourceReference cannot have Id: the source is the resource itself."), "sam.connector");
  return { ...connector, Type: connectorType, Properties: { ...properties, Source: { Id: id, ...reference } } };
}

/** One end of a connector. */
interface Connected {
  readonly id: string | undefined;
  readonly type: string;
  readonly values: Readonly<Record<string, Json | undefined>>;
  readonly roleName: Json | undefined;
  readonly queueUrl: Json | undefined;
}

export function transformConnector(context: SamContext, resource: SamResource): void {
  const { id, properties: given } = resource;
  const { Source: source = null, Destination: destinations = null } = given;
  const list = Array.isArray(destinations) ? destinations : [destinations];
  if (list.length === 0) fail(words("Destination is an empty list."), "sam.connector");
  for (const [index, each] of list.entries()) {
    const connection: Connection = {
      resource,
      source: connected(context, mapOf(source), mapOf(each)),
      destination: connected(context, mapOf(each), mapOf(source)),
      permissions: [...new Set(listOf(given.Permissions))],
      suffix: Array.isArray(destinations) ? `Destination${index}` : "",
    };
    emitConnection(context, connection);
  }
  replaceDependsOn(
    context,
    id,
    context.made.map((made) => made.id),
  );
}

function connected(context: SamContext, given: JsonObject, other: JsonObject): Connected {
  const hasOthers = Object.keys(given).some((key) => key !== "Id" && key !== "Qualifier");
  if (Object.hasOwn(given, "Id") === hasOthers)
    fail(words("Source and Destination need Id, with Qualifier or without, or other properties without Id."), "sam.connector");
  const { Id: id, Type: type } = given;
  if (!isSet(id)) {
    if (typeof type !== "string" || type === "") fail(words("Source and Destination without Id need Type."), "sam.connector");
    return {
      id: undefined,
      type: connectedSamTypes[type] ?? type,
      values: { Arn: given.Arn, ResourceId: given.ResourceId, Name: given.Name, Qualifier: given.Qualifier },
      roleName: given.RoleName,
      queueUrl: given.QueueUrl,
    };
  }
  if (typeof id !== "string") fail(words("Id of Source and Destination should be text."), "sam.connector");
  const resource = Object.hasOwn(context.output, id) ? context.output[id] : undefined;
  if (!isJsonObject(resource)) fail(words("there is no resource {{id}} in the template.", { id }), "sam.connector");
  const known = entryOf(connectedTypes, resource.Type);
  const value = (attribute: string | undefined): Json | undefined =>
    attribute === undefined ? undefined : attribute === "Ref" ? ref(id) : getAtt(id, attribute);
  return {
    id,
    type: String(resource.Type),
    values: {
      Arn: value(known?.arn),
      ResourceId: value(known?.id),
      Name: value(known?.name),
      Qualifier: Object.hasOwn(given, "Qualifier") ? given.Qualifier : known?.qualifier,
    },
    roleName: roleName(resource, other, known?.role),
    queueUrl: value(known?.url),
  };
}

/** The role is known by name only when it is in the template. */
function roleName(resource: JsonObject, other: JsonObject, property: string | undefined): Json | undefined {
  const properties = mapOf(resource.Properties);
  const role = resource.Type === "AWS::Events::Rule" ? targetRole(properties, other) : property && properties[property];
  const roleId = namedId(role);
  return roleId === undefined ? undefined : ref(roleId);
}

/** A rule has a role for each of its targets. */
function targetRole(properties: JsonObject, other: JsonObject): Json | undefined {
  const found = listOf(properties.Targets).find((each) => {
    const { Arn: arn = null } = mapOf(each);
    const id = namedId(arn);
    return (id !== undefined && id === other.Id) || (isSet(other.Arn) && isSame(arn, other.Arn));
  });
  return mapOf(found).RoleArn;
}

interface Connection {
  readonly resource: SamResource;
  readonly source: Connected;
  readonly destination: Connected;
  readonly permissions: readonly Json[];
  /** Tells the resources of several destinations apart. */
  readonly suffix: string;
}

function emitConnection(context: SamContext, connection: Connection): void {
  const { source, destination, permissions } = connection;
  const profile = entryOf(entryOf(connectorProfiles, source.type) ?? {}, destination.type);
  if (profile === undefined)
    fail(
      words("there is no connector from {{source}} to {{destination}}.", { source: source.type, destination: destination.type }),
      "sam.connector",
    );
  const granted = checkedAccess(profile, permissions, connection);
  const statements = granted.map((access) => ({
    access,
    filled: (profile.access[access] ?? []).map((statement) => fill(statement, connection)),
  }));
  // What AWS's transform cannot fill in for one permission it refuses for all of them.
  for (const other of Object.values(profile.access)) for (const statement of other) fill(statement, connection);
  if (profile.means === "lambdaPermission") {
    for (const { access, filled } of statements) {
      for (const properties of filled) emitLambdaPermission(context, connection, access, mapOf(properties));
    }
    return;
  }
  const document: JsonObject = { Version: "2012-10-17", Statement: statements.flatMap(({ filled }) => filled) };
  emitPolicy(context, connection, profile, document);
}

function checkedAccess(
  profile: ConnectorProfile,
  permissions: readonly Json[],
  { source, destination }: Connection,
): readonly ConnectorAccess[] {
  const known = (["Read", "Write"] as const).filter((access) => profile.access[access] !== undefined);
  const place = words("of the connector from {{source}} to {{destination}}", { source: source.type, destination: destination.type });
  if (permissions.length === 0 || permissions.some((each) => !known.some((access) => access === each)))
    fail(words("Permissions {{place}} should be of {{known}}.", { place, known: known.join(", ") }), "sam.connector");
  const granted = known.filter((access) => permissions.includes(access));
  const { combinations } = profile;
  if (combinations && !combinations.some((each) => each.length === granted.length && each.every((access) => granted.includes(access))))
    fail(
      words("Permissions {{place}} should be {{combinations}}.", {
        place,
        combinations: combinations.map((each) => each.join(" and ")).join(", or "),
      }),
      "sam.connector",
    );
  return granted;
}

/** Puts the two ends into a statement: `%{Source.Arn}` alone is the value, inside a text it becomes a Sub. */
function fill(value: Json, connection: Connection): Json {
  if (Array.isArray(value)) return value.map((item) => fill(item, connection));
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, connection)]));
  if (typeof value !== "string") return value;
  const values: JsonObject = {};
  let whole: Json | undefined;
  const text = value.replace(/%\{(Source|Destination)\.(\w+)\}/g, (place, end: string, name: string) => {
    const found = (end === "Source" ? connection.source : connection.destination).values[name] ?? null;
    if (found === null) fail(words("{{name}} of {{end}} is not known: it should be given.", { name, end }), "sam.connector");
    if (place === value) whole = found;
    values[end + name] = found;
    return `\${${end}${name}}`;
  });
  if (whole !== undefined) return whole;
  return text.includes("${") ? sub(text, isSet(values) ? values : undefined) : text;
}

function emitLambdaPermission(context: SamContext, connection: Connection, access: ConnectorAccess, properties: JsonObject): void {
  const { resource, destination, suffix } = connection;
  const functionArn = destination.values.Arn;
  if (!isSet(functionArn)) fail(words("the ARN of the function is not known: Destination should have Arn."), "sam.connector");
  emit(
    context,
    ownerOf(context, resource),
    `${resource.id}${access}LambdaPermission${suffix}`,
    "AWS::Lambda::Permission",
    { ...properties, FunctionName: functionArn },
    withMetadata(context, connection),
  );
}

function emitPolicy(context: SamContext, connection: Connection, profile: ConnectorProfile, document: JsonObject): void {
  const { resource, destination, suffix } = connection;
  const end = profile.of === "source" ? connection.source : destination;
  const side = profile.of === "source" ? "Source" : "Destination";
  const owner = ownerOf(context, resource);
  const made = (kind: string, type: string, properties: JsonObject): void =>
    emit(context, owner, `${resource.id}${kind}${suffix}`, type, properties, withMetadata(context, connection));
  if (profile.means === "queuePolicy") {
    if (!isSet(end.queueUrl)) fail(words("the URL of the queue is not known: {{side}} should have QueueUrl.", { side }), "sam.connector");
    made("QueuePolicy", "AWS::SQS::QueuePolicy", { PolicyDocument: document, Queues: [end.queueUrl] });
  } else if (profile.means === "topicPolicy") {
    const topic = end.values.Arn;
    if (!isSet(topic)) fail(words("the ARN of the topic is not known: {{side}} should have Arn.", { side }), "sam.connector");
    made("TopicPolicy", "AWS::SNS::TopicPolicy", { PolicyDocument: document, Topics: [topic] });
  } else {
    if (!isSet(end.roleName))
      fail(words("the role of {{side}} is not known: it should be in the template, or given as RoleName.", { side }), "sam.connector");
    made("Policy", "AWS::IAM::ManagedPolicy", { PolicyDocument: document, Roles: [end.roleName] });
    addDependents(context, connection, profile, `${resource.id}Policy${suffix}`);
  }
}

/** The resource of the design that a connector belongs to: the one it is written in. */
function ownerOf(context: SamContext, resource: SamResource): string {
  return context.owners.get(resource.id) ?? resource.id;
}

/** Says which connector a policy came from, and what it connects, in the template's own types. */
function withMetadata(context: SamContext, connection: Connection): JsonObject {
  const own = mainAttributes(connection.resource);
  const typeOf = ({ id, type }: Connected): JsonObject => {
    const written = id === undefined ? undefined : mapOf(context.resources[id]).Type;
    return { Type: isSet(written) ? written : type };
  };
  const { id } = connection.resource;
  const connectors = { [id]: { Source: typeOf(connection.source), Destination: typeOf(connection.destination) } };
  return { ...own, Metadata: { ...mapOf(own.Metadata), "aws:sam:connectors": connectors } };
}

function addDependents(context: SamContext, { source, destination }: Connection, profile: ConnectorProfile, policyId: string): void {
  if (profile.dependent === "source" && source.id !== undefined) addDependsOn(context, source.id, [policyId]);
  if (profile.dependent !== "eventSourceMapping" || source.id === undefined || destination.id === undefined) return;
  const mappings = Object.entries(context.output).filter(([, each]) => {
    const { Type: type, Properties: properties } = mapOf(each);
    const { FunctionName: name, EventSourceArn: arn } = mapOf(properties);
    return type === "AWS::Lambda::EventSourceMapping" && namedId(name) === destination.id && namedId(arn) === source.id;
  });
  const [mapping, ...others] = mappings;
  if (mapping !== undefined && others.length === 0) addDependsOn(context, mapping[0], [policyId]);
}

function addDependsOn(context: SamContext, id: string, others: readonly string[]): void {
  const resource = context.output[id];
  if (!isJsonObject(resource)) return;
  resource.DependsOn = [...new Set([...listOf(resource.DependsOn), ...others])];
}

/** Who waits for the connector waits for what it turned into. */
function replaceDependsOn(context: SamContext, id: string, made: readonly string[]): void {
  for (const [otherId, other] of Object.entries(context.output)) {
    const depends = isJsonObject(other) ? listOf(other.DependsOn) : [];
    if (!isJsonObject(other) || !depends.includes(id)) continue;
    other.DependsOn = depends.filter((each) => each !== id);
    addDependsOn(context, otherId, made);
  }
}
