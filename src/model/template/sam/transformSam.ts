// AWS::Serverless::* into CloudFormation, as AWS's own transform does it: the same resources under the same logical IDs,
// intrinsics kept. https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { expandTemplate } from "../expand.ts";
import { put } from "../value.ts";
import { transformApplication } from "./application.ts";
import { transformCapacityProvider } from "./capacityProvider.ts";
import { addEmbeddedConnectors, transformConnector } from "./connector.ts";
import { fail, guarded, samResource } from "./context.ts";
import type { SamContext, SamFinding, SamOptions, SamResource } from "./context.ts";
import { emitDeployments } from "./deploymentPreference.ts";
import { transformFunction } from "./function.ts";
import { mergeGlobals, readGlobals } from "./globals.ts";
import { transformHttpApi } from "./httpApi.ts";
import { addImplicitApis, setOpenApiVersions } from "./implicitApis.ts";
import { copyOf, entryOf, isSet, mapOf } from "./json.ts";
import { transformLayerVersion } from "./layerVersion.ts";
import { wrongResourceProperties } from "./propertyTypes.ts";
import { transformOrder } from "./order.ts";
import { withReferences } from "./references.ts";
import { transformRestApi } from "./restApi.ts";
import { transformSimpleTable } from "./simpleTable.ts";
import { transformStateMachine } from "./stateMachine.ts";
import { transformWebSocketApi } from "./webSocketApi.ts";
import { inRow, said, words } from "../../words.ts";

export interface SamResult {
  readonly template: JsonObject;
  /** Logical ID in the design by logical ID in the result: `OrdersApi` for `OrdersApiApiGatewayDefaultStage`. */
  readonly sources: Readonly<Record<string, string>>;
  /** Logical IDs by the names that may stand for them in the text: `Orders.Alias`. */
  readonly names: ReadonlyMap<string, string>;
  readonly findings: readonly SamFinding[];
}

interface ResourceType {
  readonly transform: (context: SamContext, resource: SamResource) => void;
  /** Types of what it turns into that `Ref: Resource.Name` and the like may name, by that name. */
  readonly referable?: Readonly<Record<string, string>>;
}

const apiV2Names = { Stage: "AWS::ApiGatewayV2::Stage", DomainName: "AWS::ApiGatewayV2::DomainName" };

const types: Readonly<Record<string, ResourceType>> = {
  "AWS::Serverless::Function": {
    transform: transformFunction,
    referable: {
      Alias: "AWS::Lambda::Alias",
      Version: "AWS::Lambda::Version",
      DestinationTopic: "AWS::SNS::Topic",
      DestinationQueue: "AWS::SQS::Queue",
    },
  },
  "AWS::Serverless::StateMachine": { transform: transformStateMachine },
  "AWS::Serverless::Api": {
    transform: transformRestApi,
    referable: {
      Stage: "AWS::ApiGateway::Stage",
      Deployment: "AWS::ApiGateway::Deployment",
      DomainName: "AWS::ApiGateway::DomainName",
      DomainNameV2: "AWS::ApiGateway::DomainNameV2",
      UsagePlan: "AWS::ApiGateway::UsagePlan",
      UsagePlanKey: "AWS::ApiGateway::UsagePlanKey",
      ApiKey: "AWS::ApiGateway::ApiKey",
    },
  },
  "AWS::Serverless::HttpApi": { transform: transformHttpApi, referable: apiV2Names },
  "AWS::Serverless::WebSocketApi": { transform: transformWebSocketApi, referable: apiV2Names },
  "AWS::Serverless::SimpleTable": { transform: transformSimpleTable },
  "AWS::Serverless::LayerVersion": { transform: transformLayerVersion },
  "AWS::Serverless::Application": { transform: transformApplication },
  "AWS::Serverless::CapacityProvider": { transform: transformCapacityProvider },
  "AWS::Serverless::Connector": { transform: transformConnector },
};

/** Functions first, because their events add to APIs, buckets and user pools; connectors last, because they connect the results. */
const order = ["AWS::Serverless::Function", "AWS::Serverless::StateMachine", "", "AWS::Serverless::Connector"];

export function transformSam(written: JsonObject, options: SamOptions): SamResult {
  const { template, findings } = expandTemplate(written, options);
  const resources = copyOf(mapOf(template.Resources));
  const context: SamContext = {
    options,
    partition: partitionOf(options.region),
    resources,
    conditions: copyOf(mapOf(template.Conditions)),
    output: {},
    sources: {},
    findings: findings.map((finding) => ({ ...finding, severity: "error" })),
    managedApis: new Set(),
    parameters: parameterValues(template, options),
    mappings: mapOf(template.Mappings),
    referable: new Map(),
    owners: new Map(),
    made: [],
    shared: { usagePlanApis: [], recordSets: new Map(), destinations: new Map() },
    deployments: [],
  };
  const globals = readGlobals(context, template.Globals);
  addImplicitApis(context, globals);
  for (const [id, resource] of Object.entries(resources)) {
    if (isJsonObject(resource)) resources[id] = mergeGlobals(context, id, resource, globals);
  }
  setOpenApiVersions(context);
  addEmbeddedConnectors(context);

  const place = (type: Json | undefined): number =>
    typeof type === "string" && order.includes(type) ? order.indexOf(type) : order.indexOf("");
  const ids = transformOrder(resources, Object.keys(mapOf(template.Resources)), globals);
  const inOrder = ids.toSorted((a, b) => place(mapOf(resources[a]).Type) - place(mapOf(resources[b]).Type));
  for (const id of inOrder) transformResource(context, id);
  guarded(context, { path: ["Resources"], who: words("Deployment preferences") }, () => emitDeployments(context));

  const { Transform: transform, Globals: _globals, ...rest } = template;
  const result: JsonObject = { ...rest };
  const others = remainingTransforms(transform);
  // AWS's own transform drops them all; those that it leaves are not CloudFormation's yet for whoever runs the result.
  if (others !== undefined && options.localCode === "keep") result.Transform = others;
  if (Object.keys(context.conditions).length > 0 || template.Conditions !== undefined) result.Conditions = context.conditions;
  result.Resources = context.output;
  const renamed = context.referable.size > 0 ? withReferences(result, context.referable) : result;
  return { template: mapOf(renamed), sources: context.sources, names: context.referable, findings: context.findings };
}

function transformResource(context: SamContext, id: string): void {
  const resource = context.resources[id];
  const type = isJsonObject(resource) ? entryOf(types, resource.Type) : undefined;
  if (!isJsonObject(resource) || type === undefined) {
    put(context.output, id, resource ?? null);
    context.sources[id] = id;
    return;
  }
  context.made = [];
  guarded(context, { path: ["Resources", id], who: id }, () => {
    if (!/^[A-Za-z0-9]+$/.test(id)) fail(words("logical IDs are of letters and digits."));
    if (resource.Properties !== undefined && !isJsonObject(resource.Properties))
      fail(words("{{property}} should be a map.", { property: "Properties" }));
    if (isSet(resource.Condition) && typeof resource.Condition !== "string")
      fail(words("{{property}} should be the name of a condition.", { property: "Condition" }));
    if (isRight(context, id, resource)) type.transform(context, samResource(id, resource));
  });
  for (const [name, madeType] of Object.entries(type.referable ?? {})) {
    const made = context.made.findLast((each) => each.type === madeType);
    if (made !== undefined) context.referable.set(`${id}.${name}`, made.id);
  }
}

/** Says what is wrong in its properties; false when nothing can be made of it. */
function isRight(context: SamContext, id: string, resource: JsonObject): boolean {
  const properties = mapOf(resource.Properties);
  // What lies in a folder beside the template needs no address.
  const isLocal = context.options.localCode === "keep";
  const wrong = wrongResourceProperties(String(resource.Type), properties).filter(
    ({ property }) => !(isLocal && property === "ContentUri" && properties.ContentUri === undefined),
  );
  for (const { property, words: fault } of wrong) {
    const isThere = Object.hasOwn(properties, property);
    context.findings.push({
      rule: "sam.property",
      severity: "error",
      ...said(inRow([id, fault], ": ")),
      path: isThere ? ["Resources", id, "Properties", property] : ["Resources", id],
    });
  }
  return !wrong.some(({ isFatal }) => isFatal);
}

function partitionOf(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function parameterValues(template: JsonObject, options: SamOptions): ReadonlyMap<string, Json> {
  const values = new Map<string, Json>();
  for (const [name, declaration] of Object.entries(mapOf(template.Parameters))) {
    const given = options.parameters && Object.hasOwn(options.parameters, name) ? options.parameters[name] : mapOf(declaration).Default;
    if (given !== undefined) values.set(name, given);
  }
  values.set("AWS::Region", options.region);
  values.set("AWS::Partition", partitionOf(options.region));
  return values;
}

function remainingTransforms(transform: Json | undefined): Json | undefined {
  const isSam = (each: Json | undefined): boolean => typeof each === "string" && each.startsWith("AWS::Serverless-");
  if (Array.isArray(transform)) {
    const others = transform.filter((each) => !isSam(each));
    return others.length > 0 ? others : undefined;
  }
  return isSam(transform) ? undefined : transform;
}
