import { describe, expect, test } from "vitest";
import { fittingTemplates, statementResources, templatePolicy } from "../../src/model/design/policyTargets.ts";
import { policyName, policyWords } from "../../src/model/design/policyWords.ts";
import type { Json } from "../../src/model/json.ts";
import { policyTemplateNames, policyTemplateParameters } from "../../src/model/template/sam/policyTemplates.ts";
import { english } from "../../src/model/words.ts";

const said = (policy: Json): string[] => policyWords(policy).map(({ words }) => english(words));
const tones = (policy: Json): string[] => policyWords(policy).map(({ tone }) => tone);

describe("SAM's templates", () => {
  test("are told in words, with the resource that they name", () => {
    expect(said({ DynamoDBCrudPolicy: { TableName: { Ref: "Orders" } } })).toEqual(["Reads and writes items of Orders"]);
    expect(said({ SQSSendMessagePolicy: { QueueName: { "Fn::GetAtt": ["Mails", "QueueName"] } } })).toEqual(["Sends messages to Mails"]);
    expect(said({ S3ReadPolicy: { BucketName: { "Fn::Sub": "${Uploads}" } } })).toEqual(["Reads objects of Uploads"]);
    expect(said({ LambdaInvokePolicy: { FunctionName: "resize" } })).toEqual(["Invokes resize"]);
    expect(said({ VPCAccessPolicy: {} })).toEqual(["Reaches into a VPC"]);
    expect(said({ SNSPublishMessagePolicy: { TopicName: "" } })).toEqual(["Publishes to nothing yet"]);
  });

  test("have a sentence each, which names what they are given", () => {
    for (const name of policyTemplateNames) {
      const parameters = policyTemplateParameters(name);
      const [sentence = ""] = said({ [name]: Object.fromEntries(parameters.map((parameter) => [parameter, { Ref: "Thing" }])) });
      expect(sentence, name).not.toContain("No policy");
      expect(sentence.includes("Thing"), `${name}: ${sentence}`).toBe(parameters.length > 0);
    }
  });

  test("for everything are a warning", () => {
    expect(tones({ KMSDecryptPolicy: { KeyId: "*" } })).toEqual(["broad"]);
    expect(tones({ KMSDecryptPolicy: { KeyId: { Ref: "Key" } } })).toEqual(["plain"]);
  });

  test("that nobody knows are said to be so", () => {
    expect(said({ DynamoDBMagicPolicy: { TableName: "x" } })).toEqual(["No policy that SAM knows"]);
    expect(said({ toString: {} })).toEqual(["No policy that SAM knows"]);
  });
});

describe("statements", () => {
  const statement = (fields: Record<string, Json>): Json => ({ Statement: { Effect: "Allow", ...fields } });
  const table = { "Fn::GetAtt": ["Orders", "Arn"] };

  test("say what is allowed on what, a table and its indexes once", () => {
    const actions = ["dynamodb:GetItem", "dynamodb:Query"];
    const indexes = { "Fn::Sub": "${Orders.Arn}/index/*" };
    expect(said(statement({ Action: actions, Resource: [table, indexes] }))).toEqual([
      "May use dynamodb:GetItem and dynamodb:Query on Orders",
    ]);
    expect(said(statement({ Action: "s3:GetObject", Resource: "arn:aws:s3:::logs/*" }))).toEqual(["May use s3:GetObject on logs/*"]);
    const stage = { "Fn::Sub": "arn:${AWS::Partition}:s3:::logs-${AWS::AccountId}" };
    expect(said(statement({ Action: "s3:GetObject", Resource: stage }))).toEqual(["May use s3:GetObject on logs-…"]);
  });

  test("with many actions name the first three", () => {
    const actions = ["PutItem", "GetItem", "Query", "Scan", "UpdateItem"].map((name) => `dynamodb:${name}`);
    expect(said(statement({ Action: actions, Resource: table }))).toEqual([
      "May use dynamodb:PutItem, dynamodb:GetItem, dynamodb:Query and 2 more on Orders",
    ]);
  });

  test("for everything are a warning", () => {
    const all = statement({ Action: "*", Resource: "*" });
    expect(said(all)).toEqual(["May do everything on everything"]);
    expect(tones(all)).toEqual(["broad"]);
    const whole = statement({ Action: "dynamodb:*", Resource: table });
    expect(said(whole)).toEqual(["May use everything of dynamodb on Orders"]);
    expect(tones(whole)).toEqual(["broad"]);
    const but = statement({ NotAction: "iam:*", NotResource: table });
    expect(said(but)).toEqual(["May use everything but everything of iam on all but Orders"]);
    expect(tones(but)).toEqual(["broad"]);
    expect(tones(statement({ Action: "sqs:SendMessage", Resource: table }))).toEqual(["plain"]);
  });

  test("that deny, and conditions, are said as such", () => {
    const denied = { Statement: [{ Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" }] };
    expect(said(denied)).toEqual(["Must not use s3:DeleteObject on everything"]);
    expect(tones(denied)).toEqual(["denied"]);
    const when = { StringEquals: { "aws:PrincipalTag/team": "orders" } };
    expect(said(statement({ Action: "sqs:SendMessage", Resource: "*", Condition: when }))).toEqual([
      "May use sqs:SendMessage on everything, under conditions",
    ]);
  });

  test("are a sentence each", () => {
    const allow = { Effect: "Allow", Action: "sqs:SendMessage", Resource: { "Fn::GetAtt": ["Mails", "Arn"] } };
    expect(said({ Version: "2012-10-17", Statement: [allow, { ...allow, Action: "sqs:ReceiveMessage" }] })).toEqual([
      "May use sqs:SendMessage on Mails",
      "May use sqs:ReceiveMessage on Mails",
    ]);
  });

  test("that are half written are said as far as they are", () => {
    expect(said({ Statement: {} })).toEqual(["May use nothing yet on nothing yet"]);
    expect(said({ Statement: [] })).toEqual([]);
    expect(said(null)).toEqual(["No policy that SAM knows"]);
  });
});

test("managed policies are told where they are well known, and named elsewhere", () => {
  expect(said("AWSLambdaBasicExecutionRole")).toEqual(["Writes logs"]);
  expect(said("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")).toEqual(["Writes logs"]);
  expect(said("AmazonDynamoDBFullAccess")).toEqual(["May do everything in DynamoDB"]);
  expect(tones("AmazonDynamoDBFullAccess")).toEqual(["broad"]);
  expect(said("AmazonS3ReadOnlyAccess")).toEqual(["Reads everything in S3"]);
  expect(said("TeamBoundary")).toEqual(["What TeamBoundary allows"]);
  expect(said({ Ref: "OrdersPolicy" })).toEqual(["What OrdersPolicy allows"]);
  expect(policyName("arn:aws:iam::aws:policy/job-function/Billing")).toBe("Billing");
});

test("of a condition, both branches are told", () => {
  const policy: Json = { "Fn::If": ["IsProd", { DynamoDBReadPolicy: { TableName: { Ref: "Orders" } } }, { Ref: "AWS::NoValue" }] };
  expect(said(policy)).toEqual(["Reads items of Orders, if IsProd"]);
});

test("a resource's type says which templates fit it, and how a statement names it", () => {
  expect(fittingTemplates("AWS::SQS::Queue").map(({ template }) => template)).toEqual(["SQSPollerPolicy", "SQSSendMessagePolicy"]);
  expect(fittingTemplates("AWS::Serverless::HttpApi")).toEqual([]);
  expect(templatePolicy({ template: "SQSSendMessagePolicy", parameter: "QueueName" }, "Mails")).toEqual({
    SQSSendMessagePolicy: { QueueName: { "Fn::GetAtt": ["Mails", "QueueName"] } },
  });
  expect(statementResources("Topic", "AWS::SNS::Topic")).toEqual([{ title: "Topic", value: { Ref: "Topic" } }]);
  expect(statementResources("Files", "AWS::S3::Bucket").map(({ title }) => title)).toEqual(["Files", "Files/*"]);
});
