import { describe, expect, it } from "vitest";
import { parseDefinition } from "../../src/model/asl/parse.ts";
import type { Json } from "../../src/model/json.ts";
import { parseResource } from "../../src/model/asl/resource.ts";

function stateOf(state: Json, more: Record<string, Json> = {}): unknown {
  return parseDefinition(JSON.stringify({ StartAt: "S", States: { S: state }, ...more }))?.states.get("S");
}

describe("a parsed definition", () => {
  it("has the defaults of JSONPath filled in", () => {
    expect(
      stateOf({
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage",
        Retry: [{ ErrorEquals: ["A"] }],
        Catch: [{ ErrorEquals: ["B"], Next: "N" }],
        End: true,
      }),
    ).toEqual({
      name: "S",
      location: "/States/S",
      queryLanguage: "JSONPath",
      type: "Task",
      inputPath: "$",
      outputPath: "$",
      resultPath: "$",
      resource: {
        type: "integration",
        arn: "arn:aws:states:::sqs:sendMessage",
        service: "sqs",
        operation: "sendMessage",
        isSdk: false,
        pattern: "requestResponse",
      },
      retry: [
        { location: "/States/S/Retry[0]", errorEquals: ["A"], intervalSeconds: 1, maxAttempts: 3, backoffRate: 2, jitterStrategy: "NONE" },
      ],
      catch: [{ location: "/States/S/Catch[0]", errorEquals: ["B"], next: "N", resultPath: "$" }],
    });
  });

  it("keeps paths of null, which discard", () => {
    expect(stateOf({ Type: "Pass", InputPath: null, OutputPath: null, ResultPath: null, End: true })).toMatchObject({
      inputPath: null,
      outputPath: null,
      resultPath: null,
    });
  });

  it("tells numbers, expressions and paths apart", () => {
    expect(stateOf({ Type: "Wait", Seconds: 5, End: true })).toMatchObject({
      until: { type: "seconds", seconds: { type: "number", value: 5 } },
    });
    expect(stateOf({ Type: "Wait", SecondsPath: "$.s", End: true })).toMatchObject({
      until: { type: "seconds", seconds: { type: "path", path: "$.s" } },
    });
    expect(stateOf({ Type: "Wait", Seconds: "{% 5 %}", End: true }, { QueryLanguage: "JSONata" })).toMatchObject({
      until: { type: "seconds", seconds: { type: "expression", expression: "{% 5 %}" } },
    });
  });

  it("leaves out fields of the other language", () => {
    const state = stateOf({ Type: "Pass", QueryLanguage: "JSONata", Output: 1, Parameters: {}, Result: 2, End: true });
    expect(state).toMatchObject({ queryLanguage: "JSONata", output: 1 });
    expect(state).not.toHaveProperty("parameters");
    expect(state).not.toHaveProperty("result");
  });

  it("reads conditions of choices", () => {
    const rule: Json = {
      Not: {
        And: [
          { Variable: "$.a", NumericEqualsPath: "$.b" },
          { Variable: "$.c", IsNull: false },
        ],
      },
      Next: "N",
    };
    expect(stateOf({ Type: "Choice", Choices: [rule], Default: "D" })).toMatchObject({
      default: "D",
      choices: [
        {
          next: "N",
          condition: {
            type: "not",
            condition: {
              type: "and",
              conditions: [
                { type: "compare", variable: "$.a", operator: "NumericEquals", operand: { type: "path", path: "$.b" } },
                { type: "compare", variable: "$.c", operator: "IsNull", operand: { type: "literal", value: false } },
              ],
            },
          },
        },
      ],
    });
  });

  it("knows the older form of a Map", () => {
    const Iterator = { StartAt: "I", States: { I: { Type: "Succeed" } } };
    expect(stateOf({ Type: "Map", Iterator, Parameters: { "a.$": "$$.Map.Item.Value" }, End: true })).toMatchObject({
      itemsPath: "$",
      itemSelector: { "a.$": "$$.Map.Item.Value" },
      processor: { startAt: "I", mode: "INLINE", executionType: "STANDARD", isIterator: true, location: "/States/S/Iterator" },
    });
  });

  it("keeps states whose names are those of an object's own members", () => {
    const definition = parseDefinition(
      '{"StartAt": "__proto__", "States": {"__proto__": {"Type": "Succeed"}, "constructor": {"Type": "Fail"}}}',
    );
    expect([...(definition?.states.keys() ?? [])]).toEqual(["__proto__", "constructor"]);
  });
});

describe("a resource", () => {
  it.each([
    ["arn:aws:lambda:eu-west-1:123456789012:function:f:live", { type: "function" }],
    ["arn:aws:states:eu-west-1:123456789012:activity:a", { type: "activity" }],
    [
      "arn:aws:states:::states:startExecution.sync:2",
      { type: "integration", service: "states", operation: "startExecution", pattern: "sync2" },
    ],
    [
      "arn:aws:states:::aws-sdk:dynamodb:putItem.waitForTaskToken",
      { type: "integration", isSdk: true, service: "dynamodb", pattern: "waitForTaskToken" },
    ],
    ["arn:aws:states:::emr-serverless:startJobRun.sync", { service: "emr-serverless", pattern: "sync" }],
  ])("%s", (arn, expected) => {
    expect(parseResource(arn)).toMatchObject(expected);
  });

  it("is nothing of what runs no task", () => {
    expect(parseResource("arn:aws:s3:::bucket")).toBeUndefined();
    expect(parseResource("arn:aws:states:::lambda:invoke.async")).toBeUndefined();
  });
});
