// AWS::Serverless::SimpleTable → AWS::DynamoDB::Table.
import type { JsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { entryOf, mapOf } from "./json.ts";
import { tagList } from "./role.ts";

const attributeTypes: Readonly<Record<string, string>> = { String: "S", Number: "N", Binary: "B" };

export function transformSimpleTable(context: SamContext, resource: SamResource): void {
  const { properties: given } = resource;
  const key = mapOf(given.PrimaryKey);
  const name = key.Name ?? "id";
  const type = given.PrimaryKey === undefined ? "S" : entryOf(attributeTypes, key.Type);
  if (type === undefined) fail("PrimaryKey needs a Type: String, Number or Binary.");
  const throughput: JsonObject =
    given.ProvisionedThroughput === undefined ? { BillingMode: "PAY_PER_REQUEST" } : { ProvisionedThroughput: given.ProvisionedThroughput };
  emit(
    context,
    resource.id,
    resource.id,
    "AWS::DynamoDB::Table",
    {
      TableName: given.TableName,
      KeySchema: [{ AttributeName: name, KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: name, AttributeType: type }],
      ...throughput,
      PointInTimeRecoverySpecification: given.PointInTimeRecoverySpecification,
      SSESpecification: given.SSESpecification,
      Tags: given.Tags === undefined ? undefined : tagList(given.Tags),
    },
    { ...resource.attributes, ...(resource.dependsOn === undefined ? {} : { DependsOn: resource.dependsOn }) },
  );
}
