// What a Task's `Resource` names: a function, an activity, or an integration with its pattern.

export type IntegrationPattern = "requestResponse" | "sync" | "sync2" | "waitForTaskToken";

export type TaskResource =
  /** Any form of a function's ARN or name: what `Invoke` takes. */
  | { readonly type: "function"; readonly arn: string }
  | { readonly type: "activity"; readonly arn: string }
  | {
      readonly type: "integration";
      readonly arn: string;
      /** `lambda`, `sqs`, `states`; of the SDK's integrations without `aws-sdk:`: `dynamodb`, `sfn`. */
      readonly service: string;
      /** As written, without the pattern: `sendMessage`, `invoke`. */
      readonly operation: string;
      readonly isSdk: boolean;
      readonly pattern: IntegrationPattern;
    };

const integration = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:)?([a-zA-Z0-9-]+):([a-zA-Z0-9]+)(?:\.(sync:2|sync|waitForTaskToken))?$/;
const patterns: Readonly<Record<string, IntegrationPattern>> = { sync: "sync", "sync:2": "sync2", waitForTaskToken: "waitForTaskToken" };

export function parseResource(arn: string): TaskResource | undefined {
  if (/^arn:[^:]+:states:[^:]*:[^:]*:activity:[^:]+$/.test(arn)) return { type: "activity", arn };
  const match = integration.exec(arn);
  if (match) {
    const [, sdk, service = "", operation = "", pattern] = match;
    return {
      type: "integration",
      arn,
      service,
      operation,
      isSdk: sdk !== undefined,
      pattern: patterns[pattern ?? ""] ?? "requestResponse",
    };
  }
  if (/^arn:[^:]+:lambda:[^:]*:[^:]*:function:.+$/.test(arn)) return { type: "function", arn };
  return undefined;
}
