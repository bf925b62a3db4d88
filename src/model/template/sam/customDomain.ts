// Domain of an API: domain name, mappings of base paths, DNS records. REST and HTTP APIs differ in types and names only.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail, resolveParameters } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { sha1 } from "./hash.ts";
import { canonicalJson, getAtt, listOf, mapOf, ref } from "./json.ts";
import { tagList } from "./role.ts";

function hashOf(value: Json): string {
  return sha1(typeof value === "string" ? value : canonicalJson(value)).slice(0, 10);
}

export function emitRestDomain(context: SamContext, resource: SamResource, stageId: string): void {
  if (resource.properties.Domain === undefined) return;
  const domain = mapOf(resolveParameters(context, resource.properties.Domain));
  const { name, endpoint } = checked(domain, ["EDGE", "REGIONAL", "PRIVATE"]);
  const isPrivate = endpoint === "PRIVATE";
  const domainId = `ApiGatewayDomainName${isPrivate ? "V2" : ""}${hashOf(name)}`;
  const tags =
    resource.properties.PropagateTags === true && resource.properties.Tags !== undefined ? tagList(resource.properties.Tags) : undefined;
  const configuration: JsonObject = {
    Types: [endpoint],
    ...(domain.IpAddressType === undefined ? {} : { IpAddressType: domain.IpAddressType }),
  };
  if (isPrivate) {
    emit(
      context,
      resource.id,
      domainId,
      "AWS::ApiGateway::DomainNameV2",
      {
        DomainName: name,
        CertificateArn: domain.CertificateArn,
        EndpointConfiguration: configuration,
        SecurityPolicy: domain.SecurityPolicy,
        Policy: domain.Policy,
        Tags: tags,
      },
      resource.passedOn,
    );
    emitAccessAssociation(context, resource, domain, domainId);
  } else {
    emit(
      context,
      resource.id,
      domainId,
      "AWS::ApiGateway::DomainName",
      {
        DomainName: name,
        [endpoint === "EDGE" ? "CertificateArn" : "RegionalCertificateArn"]: domain.CertificateArn,
        EndpointConfiguration: configuration,
        SecurityPolicy: domain.SecurityPolicy,
        EndpointAccessMode: domain.EndpointAccessMode,
        MutualTlsAuthentication: mutualTls(domain),
        OwnershipVerificationCertificateArn: domain.OwnershipVerificationCertificateArn,
        Tags: tags,
      },
      resource.passedOn,
    );
  }
  context.referable.set(`${resource.id}.DomainName${isPrivate ? "V2" : ""}`, domainId);
  const paths =
    domain.BasePath === undefined || domain.BasePath === null ? [undefined] : listOf(domain.BasePath).map((path) => String(path));
  for (const path of paths) {
    const plain = path?.replace(/[^A-Za-z0-9]/g, "");
    const base = path === undefined ? undefined : domain.NormalizeBasePath === false ? path : plain;
    const target: JsonObject = isPrivate ? { DomainNameArn: ref(domainId) } : { DomainName: ref(domainId) };
    emit(
      context,
      resource.id,
      `${resource.id}${plain ?? ""}BasePathMapping`,
      isPrivate ? "AWS::ApiGateway::BasePathMappingV2" : "AWS::ApiGateway::BasePathMapping",
      { ...target, RestApiId: ref(resource.id), Stage: ref(stageId), BasePath: base },
      resource.passedOn,
    );
  }
  emitRecords(context, resource, domain, domainId, endpoint);
}

export function emitHttpDomain(context: SamContext, resource: SamResource, stageId: string, tags: JsonObject): void {
  if (resource.properties.Domain === undefined) return;
  const domain = mapOf(resolveParameters(context, resource.properties.Domain));
  const { name, endpoint } = checked(domain, ["REGIONAL"]);
  const domainId = `ApiGatewayDomainNameV2${hashOf(name)}`;
  const configuration: JsonObject = { CertificateArn: domain.CertificateArn ?? null, EndpointType: endpoint };
  if (domain.SecurityPolicy !== undefined) configuration.SecurityPolicy = domain.SecurityPolicy;
  if (domain.OwnershipVerificationCertificateArn !== undefined)
    configuration.OwnershipVerificationCertificateArn = domain.OwnershipVerificationCertificateArn;
  emit(
    context,
    resource.id,
    domainId,
    "AWS::ApiGatewayV2::DomainName",
    { DomainName: name, DomainNameConfigurations: [configuration], MutualTlsAuthentication: mutualTls(domain), Tags: tags },
    resource.passedOn,
  );
  context.referable.set(`${resource.id}.DomainName`, domainId);
  const paths =
    domain.BasePath === undefined || domain.BasePath === null ? [undefined] : listOf(domain.BasePath).map((path) => String(path));
  for (const path of paths) {
    const key = path?.replace(/^\/+|\/+$/g, "");
    emit(
      context,
      resource.id,
      `${resource.id}${key?.replace(/[^A-Za-z0-9]/g, "") ?? ""}ApiMapping`,
      "AWS::ApiGatewayV2::ApiMapping",
      { DomainName: ref(domainId), ApiId: ref(resource.id), Stage: ref(stageId), ApiMappingKey: key },
      resource.passedOn,
    );
  }
  emitRecords(context, resource, domain, domainId, endpoint);
}

function checked(domain: JsonObject, endpoints: readonly string[]): { readonly name: Json; readonly endpoint: string } {
  if (domain.DomainName === undefined || domain.CertificateArn === undefined) fail("Domain needs both DomainName and CertificateArn.");
  const endpoint = domain.EndpointConfiguration ?? "REGIONAL";
  if (typeof endpoint !== "string" || !endpoints.includes(endpoint))
    fail(`EndpointConfiguration of Domain must be one of ${endpoints.join(", ")}.`);
  return { name: domain.DomainName, endpoint };
}

function mutualTls(domain: JsonObject): Json | undefined {
  if (!isJsonObject(domain.MutualTlsAuthentication)) return undefined;
  const { TruststoreUri: uri, TruststoreVersion: version } = domain.MutualTlsAuthentication;
  return {
    ...(uri === undefined ? {} : { TruststoreUri: uri }),
    ...(version === undefined || version === 0 || version === "" ? {} : { TruststoreVersion: version }),
  };
}

function emitAccessAssociation(context: SamContext, resource: SamResource, domain: JsonObject, domainId: string): void {
  const source = mapOf(domain.AccessAssociation).VpcEndpointId;
  if (source === undefined) return;
  emit(
    context,
    resource.id,
    `DomainNameAccessAssociation${hashOf([source, domainId])}`,
    "AWS::ApiGateway::DomainNameAccessAssociation",
    { AccessAssociationSource: source, AccessAssociationSourceType: "VPCE", DomainNameArn: ref(domainId) },
    resource.passedOn,
  );
}

/** APIs in one hosted zone share a group of records. */
function emitRecords(context: SamContext, resource: SamResource, domain: JsonObject, domainId: string, endpoint: string): void {
  if (domain.Route53 === undefined) return;
  const route = mapOf(domain.Route53);
  const zone = route.HostedZoneId ?? route.HostedZoneName;
  if (zone === undefined) fail("Route53 of Domain needs HostedZoneId or HostedZoneName.");
  const base = `RecordSetGroup${hashOf(zone)}`;
  const groupId = route.SeparateRecordSetGroup === true ? `${base}${hashOf(domain.DomainName ?? "")}` : base;
  const alias = aliasTarget(route, domainId, endpoint);
  const routing: JsonObject = {};
  for (const name of ["Region", "SetIdentifier"]) {
    const value = route[name];
    if (value !== undefined) routing[name] = value;
  }
  const records = ["A", ...(route.IpV6 === true ? ["AAAA"] : [])].map((type): Json => ({
    Name: domain.DomainName ?? null,
    Type: type,
    AliasTarget: alias,
    ...routing,
  }));
  const existing = context.shared.recordSets.get(groupId);
  const all = [...(existing ?? []), ...records];
  context.shared.recordSets.set(groupId, all);
  emit(
    context,
    resource.id,
    groupId,
    "AWS::Route53::RecordSetGroup",
    { HostedZoneId: route.HostedZoneId, HostedZoneName: route.HostedZoneId === undefined ? zone : undefined, RecordSets: all },
    existing === undefined ? resource.passedOn : mapOf(attributesOf(context.output[groupId])),
  );
}

function attributesOf(resource: Json | undefined): JsonObject {
  const { Type: _type, Properties: _properties, ...attributes } = mapOf(resource);
  return attributes;
}

function aliasTarget(route: JsonObject, domainId: string, endpoint: string): JsonObject {
  const health: JsonObject = route.EvaluateTargetHealth === undefined ? {} : { EvaluateTargetHealth: route.EvaluateTargetHealth };
  if (endpoint === "PRIVATE")
    return { ...health, HostedZoneId: route.VpcEndpointHostedZoneId ?? null, DNSName: route.VpcEndpointDomainName ?? null };
  if (endpoint === "REGIONAL")
    return { ...health, HostedZoneId: getAtt(domainId, "RegionalHostedZoneId"), DNSName: getAtt(domainId, "RegionalDomainName") };
  return { ...health, HostedZoneId: "Z2FDTNDATAQYW2", DNSName: route.DistributionDomainName ?? getAtt(domainId, "DistributionDomainName") };
}
