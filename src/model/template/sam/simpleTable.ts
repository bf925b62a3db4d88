// AWS::Serverless::SimpleTable → AWS::DynamoDB::Table.
import type { JsonObject } from "../../json.ts";
import { emit, fail, mainAttributes } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { entryOf, isSet, mapOf, setOnly } from "./json.ts";
import { tagList } from "./role.ts";
import { words } from "../../words.ts";

const attributeTypes: Readonly<Record<string, string>> = { String: "S", Number: "N", Binary: "B" };

export function transformSimpleTable(context: SamContext, resource: SamResource): void {
  const { properties: given } = resource;
  const key: JsonObject = isSet(given.PrimaryKey) ? mapOf(given.PrimaryKey) : { Name: "id", Type: "String" };
  const { Name: name = null, Type: type = null } = key;
  if (name === null || type === null) fail(words("PrimaryKey needs Name and Type."));
  const attributeType = entryOf(attributeTypes, type);
  if (attributeType === undefined)
    fail(words("{{property}} of {{owner}} should be String, Number or Binary.", { property: "Type", owner: "PrimaryKey" }));
  const throughput: JsonObject = isSet(given.ProvisionedThroughput)
    ? { ProvisionedThroughput: given.ProvisionedThroughput }
    : { BillingMode: "PAY_PER_REQUEST" };
  emit(
    context,
    resource.id,
    resource.id,
    "AWS::DynamoDB::Table",
    {
      TableName: setOnly(given.TableName),
      KeySchema: [{ AttributeName: name, KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: name, AttributeType: attributeType }],
      ...throughput,
      PointInTimeRecoverySpecification: setOnly(given.PointInTimeRecoverySpecification),
      SSESpecification: setOnly(given.SSESpecification),
      Tags: isSet(given.Tags) ? tagList(given.Tags) : undefined,
    },
    mainAttributes(resource),
  );
}
