// Domain of an API: domain name, mappings of base paths, DNS records. REST, HTTP and WebSocket APIs differ in types and names.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { sha1 } from "./hash.ts";
import { canonicalJson, getAtt, isSet, mapOf, ref, setOnly } from "./json.ts";
import { words } from "../../words.ts";

function hashOf(value: Json): string {
  return sha1(typeof value === "string" ? value : canonicalJson(value)).slice(0, 10);
}

export function emitRestDomain(context: SamContext, resource: SamResource, stageId: string): void {
  const domain = readDomain(context, resource);
  if (domain === undefined) return;
  const { name, endpoint } = checked(domain, ["EDGE", "REGIONAL", "PRIVATE"]);
  const isPrivate = endpoint === "PRIVATE";
  const domainId = `ApiGatewayDomainName${isPrivate ? "V2" : ""}${hashOf(name)}`;
  const common: Record<string, Json | undefined> = {
    DomainName: name,
    EndpointConfiguration: { Types: [endpoint], ...(isSet(domain.IpAddressType) ? { IpAddressType: domain.IpAddressType } : {}) },
    SecurityPolicy: setOnly(domain.SecurityPolicy),
    EndpointAccessMode: setOnly(domain.EndpointAccessMode),
  };
  const [type, others] = isPrivate ? privateDomain(domain) : publicDomain(domain, endpoint);
  emit(context, resource.id, domainId, type, { ...common, ...others }, resource.passedOn);
  const paths = basePaths(domain.BasePath) ?? [undefined];
  for (const path of paths) {
    const plain = path?.replace(/[^A-Za-z0-9]/g, "");
    const isNormal = domain.NormalizeBasePath === undefined || isSet(domain.NormalizeBasePath);
    emit(
      context,
      resource.id,
      `${resource.id}${plain ?? ""}BasePathMapping`,
      isPrivate ? "AWS::ApiGateway::BasePathMappingV2" : "AWS::ApiGateway::BasePathMapping",
      {
        [isPrivate ? "DomainNameArn" : "DomainName"]: ref(domainId),
        RestApiId: ref(resource.id),
        Stage: ref(stageId),
        BasePath: isNormal ? plain : path,
      },
      resource.passedOn,
    );
  }
  if (isPrivate) emitAccessAssociation(context, resource, domain, domainId);
  emitRecords(context, resource, domain, { domainId, endpoint, takesBothZoneNames: true, isShared: true });
}

function publicDomain(domain: JsonObject, endpoint: string): [string, Record<string, Json | undefined>] {
  if (isSet(domain.Policy)) fail(words("Policy of Domain is for EndpointConfiguration PRIVATE."));
  return [
    "AWS::ApiGateway::DomainName",
    {
      [endpoint === "REGIONAL" ? "RegionalCertificateArn" : "CertificateArn"]: domain.CertificateArn,
      MutualTlsAuthentication: mutualTls(domain.MutualTlsAuthentication),
      OwnershipVerificationCertificateArn: setOnly(domain.OwnershipVerificationCertificateArn),
    },
  ];
}

function privateDomain(domain: JsonObject): [string, Record<string, Json | undefined>] {
  if (isSet(domain.OwnershipVerificationCertificateArn))
    fail(words("OwnershipVerificationCertificateArn of Domain is not for EndpointConfiguration PRIVATE."));
  return ["AWS::ApiGateway::DomainNameV2", { CertificateArn: domain.CertificateArn, Policy: setOnly(domain.Policy) }];
}

/** Domain of an HTTP or WebSocket API. */
export function emitApiV2Domain(context: SamContext, resource: SamResource, stageId: string, tags: Json | undefined): void {
  const domain = readDomain(context, resource);
  if (domain === undefined) return;
  const { name, endpoint } = checked(domain, ["REGIONAL"]);
  const domainId = `ApiGatewayDomainNameV2${hashOf(name)}`;
  const configuration: JsonObject = { CertificateArn: domain.CertificateArn ?? null, EndpointType: endpoint };
  for (const property of ["SecurityPolicy", "OwnershipVerificationCertificateArn"]) {
    const value = domain[property];
    if (isSet(value)) configuration[property] = value;
  }
  emit(
    context,
    resource.id,
    domainId,
    "AWS::ApiGatewayV2::DomainName",
    {
      DomainName: name,
      DomainNameConfigurations: [configuration],
      MutualTlsAuthentication: mutualTls(domain.MutualTlsAuthentication),
      Tags: tags,
    },
    resource.passedOn,
  );
  const paths = basePaths(domain.BasePath) ?? [undefined];
  for (const path of paths) {
    if (path !== undefined && /[^0-9a-zA-Z/\-_]/.test(path))
      fail(words("BasePath of Domain takes letters, digits, hyphens, underscores and slashes."));
    emit(
      context,
      resource.id,
      `${resource.id}${path?.replace(/[-_/]+/g, "") ?? ""}ApiMapping`,
      "AWS::ApiGatewayV2::ApiMapping",
      { DomainName: ref(domainId), ApiId: ref(resource.id), Stage: ref(stageId), ApiMappingKey: path?.replace(/^\/+|\/+$/g, "") },
      resource.passedOn,
    );
  }
  // Of several WebSocket APIs in one zone, AWS's transform keeps the records of the last.
  const isShared = resource.type !== "AWS::Serverless::WebSocketApi";
  emitRecords(context, resource, domain, { domainId, endpoint, takesBothZoneNames: false, isShared });
}

function readDomain(context: SamContext, resource: SamResource): JsonObject | undefined {
  const given = resource.properties.Domain;
  if (given === undefined || given === null) return undefined;
  const domain = resolveParameters(context, given);
  return isJsonObject(domain) ? domain : fail(words("{{property}} should be a map.", { property: "Domain" }));
}

function checked(domain: JsonObject, endpoints: readonly string[]): { readonly name: Json; readonly endpoint: string } {
  const { DomainName: name = null, CertificateArn: certificate = null } = domain;
  if (name === null || certificate === null) fail(words("Domain needs both DomainName and CertificateArn."));
  const endpoint = domain.EndpointConfiguration ?? "REGIONAL";
  if (typeof endpoint !== "string" || !endpoints.includes(endpoint))
    fail(
      words("{{property}} of {{owner}} should be one of {{endpoints}}.", {
        property: "EndpointConfiguration",
        owner: "Domain",
        endpoints: endpoints.join(", "),
      }),
    );
  return { name, endpoint };
}

function basePaths(given: Json | undefined): readonly string[] | undefined {
  if (!isSet(given)) return undefined;
  if (typeof given === "string") return [given];
  if (!Array.isArray(given)) return undefined;
  return given.map((path) =>
    typeof path === "string"
      ? path
      : fail(words("{{property}} of {{owner}} should be a string or a list of strings.", { property: "BasePath", owner: "Domain" })),
  );
}

function mutualTls(given: Json | undefined): Json | undefined {
  if (!isSet(given)) return undefined;
  if (!isJsonObject(given))
    fail(words("{{property}} of {{owner}} should be a map.", { property: "MutualTlsAuthentication", owner: "Domain" }));
  for (const name of Object.keys(given)) {
    if (name !== "TruststoreUri" && name !== "TruststoreVersion")
      fail(words("MutualTlsAuthentication of Domain takes TruststoreUri and TruststoreVersion."));
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => isSet(value)));
}

function emitAccessAssociation(context: SamContext, resource: SamResource, domain: JsonObject, domainId: string): void {
  if (domain.AccessAssociation === undefined || domain.AccessAssociation === null) return;
  const source = mapOf(domain.AccessAssociation).VpcEndpointId ?? null;
  emit(
    context,
    resource.id,
    `DomainNameAccessAssociation${hashOf([source, domainId])}`,
    "AWS::ApiGateway::DomainNameAccessAssociation",
    { AccessAssociationSource: source, AccessAssociationSourceType: "VPCE", DomainNameArn: ref(domainId) },
    resource.passedOn,
  );
}

interface RecordTarget {
  readonly domainId: string;
  readonly endpoint: string;
  /** A REST API's records name the hosted zone in both ways when both are given. */
  readonly takesBothZoneNames: boolean;
  /** Adds its records to those of other APIs in the same zone. */
  readonly isShared: boolean;
}

/** APIs in one hosted zone share a group of records. */
function emitRecords(context: SamContext, resource: SamResource, domain: JsonObject, target: RecordTarget): void {
  if (domain.Route53 === undefined || domain.Route53 === null) return;
  if (!isJsonObject(domain.Route53)) fail(words("{{property}} of {{owner}} should be a map.", { property: "Route53", owner: "Domain" }));
  const route = domain.Route53;
  const { HostedZoneId: zoneId, HostedZoneName: zoneName } = route;
  const zone = isSet(zoneId) ? zoneId : zoneName;
  if (zone === undefined || zone === null) fail(words("Route53 of Domain needs HostedZoneId or HostedZoneName."));
  const isSeparate = target.takesBothZoneNames && isSet(route.SeparateRecordSetGroup);
  const isAlone = isSeparate || !target.isShared;
  if (isSeparate && typeof route.SeparateRecordSetGroup !== "boolean")
    fail(words("{{property}} of {{owner}} should be true or false.", { property: "SeparateRecordSetGroup", owner: "Route53" }));
  const groupId = `RecordSetGroup${hashOf(isSeparate ? [zone, domain.DomainName ?? null] : zone)}`;
  const alias = aliasTarget(route, target);
  const routing: JsonObject = {};
  for (const name of ["Region", "SetIdentifier"]) {
    const value = route[name];
    if (value !== undefined && value !== null) routing[name] = value;
  }
  const records = ["A", ...(route.IpV6 === true ? ["AAAA"] : [])].map((type): Json => ({
    Name: domain.DomainName ?? null,
    Type: type,
    AliasTarget: alias,
    ...routing,
  }));
  const existing = isAlone ? undefined : context.shared.recordSets.get(groupId);
  const all = [...(existing ?? []), ...records];
  if (!isAlone) context.shared.recordSets.set(groupId, all);
  const { Properties: properties, Type: _type, ...attributes } = mapOf(existing && context.output[groupId]);
  const zones: JsonObject = {};
  if (isSet(zoneId)) zones.HostedZoneId = zoneId;
  if (isSet(zoneName) && (target.takesBothZoneNames || !isSet(zoneId))) zones.HostedZoneName = zoneName;
  emit(
    context,
    resource.id,
    groupId,
    "AWS::Route53::RecordSetGroup",
    { ...(existing ? mapOf(properties) : zones), RecordSets: all },
    existing ? attributes : resource.passedOn,
  );
}

function aliasTarget(route: JsonObject, { domainId, endpoint }: RecordTarget): JsonObject {
  const health: JsonObject =
    route.EvaluateTargetHealth === undefined || route.EvaluateTargetHealth === null
      ? {}
      : { EvaluateTargetHealth: route.EvaluateTargetHealth };
  if (endpoint === "PRIVATE")
    return { ...health, HostedZoneId: route.VpcEndpointHostedZoneId ?? null, DNSName: route.VpcEndpointDomainName ?? null };
  if (endpoint === "REGIONAL")
    return { ...health, HostedZoneId: getAtt(domainId, "RegionalHostedZoneId"), DNSName: getAtt(domainId, "RegionalDomainName") };
  // The hosted zone of all CloudFront distributions.
  return { ...health, HostedZoneId: "Z2FDTNDATAQYW2", DNSName: route.DistributionDomainName ?? getAtt(domainId, "DistributionDomainName") };
}
