// ResourcePolicy of a REST API: who may call it, as `x-amazon-apigateway-policy` in the document.
import type { Json, JsonObject } from "../../json.ts";
import { listOf, mapOf, sub } from "./json.ts";
import { alternatives, anyMethod, pathsOf } from "./openApi.ts";

const policyKey = "x-amazon-apigateway-policy";

export function addResourcePolicy(definition: JsonObject, given: JsonObject, path: string, stage: Json): void {
  const resources = (): Json[] => methodUris(definition, path, stage);
  addAccounts(definition, given.AwsAccountWhitelist, "Allow", resources);
  addAccounts(definition, given.AwsAccountBlacklist, "Deny", resources);
  addSources(
    definition,
    "NotIpAddress",
    given.IpRangeWhitelist === undefined ? {} : { "aws:SourceIp": [...listOf(given.IpRangeWhitelist)] },
    resources,
  );
  addSources(
    definition,
    "IpAddress",
    given.IpRangeBlacklist === undefined ? {} : { "aws:SourceIp": [...listOf(given.IpRangeBlacklist)] },
    resources,
  );
  addSources(
    definition,
    "StringEquals",
    vpcCondition(given.SourceVpcBlacklist, given.IntrinsicVpcBlacklist, given.IntrinsicVpceBlacklist),
    resources,
  );
  addSources(
    definition,
    "StringNotEquals",
    vpcCondition(given.SourceVpcWhitelist, given.IntrinsicVpcWhitelist, given.IntrinsicVpceWhitelist),
    resources,
  );
}

export function addCustomStatements(definition: JsonObject, statements: Json | undefined): void {
  if (statements === undefined || statements === null) return;
  const policy = mapOf(definition[policyKey]);
  if (policy.Statement === undefined) definition[policyKey] = { ...policy, Version: "2012-10-17", Statement: statements };
  else append(definition, listOf(statements), true);
}

function methodUris(definition: JsonObject, path: string, stage: Json): Json[] {
  const methods = alternatives(pathsOf(definition)[path]).flatMap((item) => Object.keys(item));
  const place = path.replace(/\{([a-zA-Z0-9._-]+|[a-zA-Z0-9._-]+\+|proxy\+)\}/g, "*");
  return methods.map((name) => {
    const method = name.toLowerCase() === anyMethod || name.toLowerCase() === "any" ? "*" : name.toUpperCase();
    return sub(`execute-api:/\${__Stage__}/${method}${place}`, { __Stage__: stage });
  });
}

function addAccounts(definition: JsonObject, accounts: Json | undefined, effect: string, resources: () => Json[]): void {
  const list = listOf(accounts);
  if (list.length === 0) return;
  const statement: JsonObject = { Effect: effect, Action: "execute-api:Invoke", Resource: resources(), Principal: { AWS: [...list] } };
  const policy = mapOf(definition[policyKey]);
  // A single statement stays a map, as the AWS transform leaves it.
  if (policy.Statement === undefined) definition[policyKey] = { ...policy, Version: "2012-10-17", Statement: statement };
  else append(definition, [statement], false);
}

function addSources(definition: JsonObject, operator: string, condition: JsonObject, resources: () => Json[]): void {
  if (Object.keys(condition).length === 0) return;
  const base = { Action: "execute-api:Invoke", Resource: resources(), Principal: "*" };
  append(
    definition,
    [
      { Effect: "Allow", ...base },
      { Effect: "Deny", ...base, Condition: { [operator]: condition } },
    ],
    true,
  );
}

function append(definition: JsonObject, statements: readonly Json[], onlyNew: boolean): void {
  const policy = mapOf(definition[policyKey]);
  const list = [...listOf(policy.Statement)];
  for (const statement of statements) {
    if (!onlyNew || !list.some((each) => JSON.stringify(each) === JSON.stringify(statement))) list.push(statement);
  }
  definition[policyKey] = { ...policy, Version: "2012-10-17", Statement: list };
}

function vpcCondition(endpoints: Json | undefined, vpcs: Json | undefined, vpcEndpoints: Json | undefined): JsonObject {
  const plain = listOf(endpoints).filter((each) => typeof each === "string");
  const vpc = [...plain.filter((each) => each.startsWith("vpc-")), ...listOf(vpcs)];
  const vpce = [...plain.filter((each) => each.startsWith("vpce-")), ...listOf(vpcEndpoints)];
  return { ...(vpc.length > 0 ? { "aws:SourceVpc": vpc } : {}), ...(vpce.length > 0 ? { "aws:SourceVpce": vpce } : {}) };
}
