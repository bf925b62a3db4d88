// ResourcePolicy of a REST API: who may call it, as `x-amazon-apigateway-policy` in the document.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail } from "./context.ts";
import { isSame, isSet, listOf, mapOf, sub } from "./json.ts";
import { alternatives, anyMethod, pathsOf } from "./openApi.ts";
import { words } from "../../words.ts";

const policyKey = "x-amazon-apigateway-policy";

export function addResourcePolicy(definition: JsonObject, given: JsonObject, path: string, stage: Json): void {
  const resources = methodUris(definition, path, stage);
  addAccounts(definition, given.AwsAccountWhitelist, "Allow", resources);
  addAccounts(definition, given.AwsAccountBlacklist, "Deny", resources);
  addSources(definition, "NotIpAddress", addressCondition(given.IpRangeWhitelist), resources);
  addSources(definition, "IpAddress", addressCondition(given.IpRangeBlacklist), resources);
  addSources(definition, "StringEquals", networkCondition(given, "Blacklist"), resources);
  addSources(definition, "StringNotEquals", networkCondition(given, "Whitelist"), resources);
  definition[policyKey] ??= {};
}

export function addCustomStatements(definition: JsonObject, statements: Json | undefined): void {
  if (!isSet(statements)) return;
  const policy = mapOf(definition[policyKey]);
  if (policy.Statement === undefined) definition[policyKey] = { ...policy, Version: "2012-10-17", Statement: statements };
  else append(definition, Array.isArray(statements) ? statements : [statements], true);
}

function methodUris(definition: JsonObject, path: string, stage: Json): Json[] {
  const methods = alternatives(pathsOf(definition)[path]).flatMap((item) => Object.keys(item));
  const place = path.replace(/\{([a-zA-Z0-9._-]+|[a-zA-Z0-9._-]+\+|proxy\+)\}/g, "*");
  return methods.map((name) => {
    const method = name.toLowerCase() === anyMethod || name.toLowerCase() === "any" ? "*" : name.toUpperCase();
    return sub(`execute-api:/\${__Stage__}/${method}${place}`, { __Stage__: stage });
  });
}

function addAccounts(definition: JsonObject, accounts: Json | undefined, effect: string, resources: Json[]): void {
  if (!isSet(accounts)) return;
  if (!Array.isArray(accounts) && !isJsonObject(accounts)) fail(words("accounts of ResourcePolicy should be a list or a function."));
  const principals: Json[] = Array.isArray(accounts) ? accounts : [accounts];
  const statement: JsonObject = { Effect: effect, Action: "execute-api:Invoke", Resource: resources, Principal: { AWS: principals } };
  const policy = mapOf(definition[policyKey]);
  // A single statement stays a map, as the AWS transform leaves it.
  if (policy.Statement === undefined) definition[policyKey] = { ...policy, Version: "2012-10-17", Statement: statement };
  else append(definition, [statement], false);
}

function addSources(definition: JsonObject, operator: string, condition: JsonObject, resources: Json[]): void {
  if (Object.keys(condition).length === 0) return;
  const base = { Action: "execute-api:Invoke", Resource: resources, Principal: "*" };
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
  for (const statement of statements) if (!onlyNew || !list.some((each) => isSame(each, statement))) list.push(statement);
  definition[policyKey] = { ...policy, Version: "2012-10-17", Statement: list };
}

function addressCondition(ranges: Json | undefined): JsonObject {
  return isSet(ranges) ? { "aws:SourceIp": Array.isArray(ranges) ? ranges : [ranges] } : {};
}

/** VPCs and their endpoints are told apart by their names' beginnings; functions have lists of their own. */
function networkCondition(given: JsonObject, kind: "Whitelist" | "Blacklist"): JsonObject {
  const plain = listOf(given[`SourceVpc${kind}`]).map((each) =>
    typeof each === "string"
      ? each
      : fail(words("SourceVpc{{kind}} should be a list of strings; functions stand in IntrinsicVpc{{kind}}.", { kind })),
  );
  const lists = [
    ["aws:SourceVpc", plain.filter((each) => each.startsWith("vpc-")), given[`IntrinsicVpc${kind}`]],
    ["aws:SourceVpce", plain.filter((each) => each.startsWith("vpce-")), given[`IntrinsicVpce${kind}`]],
  ] as const;
  const condition: JsonObject = {};
  for (const [name, named, functions = null] of lists) {
    // An empty list is as good as none, unless it stands beside another.
    if (named.length > 0 || functions !== null) condition[name] = [...named, ...listOf(functions)];
  }
  return Object.values(condition).some((list) => isSet(list)) ? condition : {};
}
