// Runs one recorded case against a runtime, through the AWS SDK's clients.
import { setTimeout as pause } from "node:timers/promises";
import * as apigateway from "@aws-sdk/client-api-gateway";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as events from "@aws-sdk/client-eventbridge";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import * as sfn from "@aws-sdk/client-sfn";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import type { Runtime } from "../../../../src/runtime/index.ts";
import { clientOptions } from "../../../support/runtime.ts";
import { zip } from "../../lambda/lambdaRuntime.ts";
import { all, type Differences, judgeExecution, judgeHistory } from "./judge.ts";
import { type Data, Matcher, short } from "./matcher.ts";

/** The case needs what this machine or this runtime does not have. */
export class NotRunnable extends Error {}

const waitMilliseconds = 20_000;
const clients: Readonly<Record<string, Data>> = { apigateway, dynamodb, events, iam, lambda, logs, s3, sns, sqs, stepfunctions: sfn };
const clientClasses: Readonly<Record<string, string>> = {
  apigateway: "APIGatewayClient",
  dynamodb: "DynamoDBClient",
  events: "EventBridgeClient",
  iam: "IAMClient",
  lambda: "LambdaClient",
  logs: "CloudWatchLogsClient",
  s3: "S3Client",
  sns: "SNSClient",
  sqs: "SQSClient",
  stepfunctions: "SFNClient",
};

export class RecordingRunner {
  readonly #runtime: Runtime;
  readonly #clients = new Map<string, Data>();
  readonly #known: ReadonlyMap<string, string>;
  #count = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#known = new Map([
      ["<region>", runtime.region],
      ["<partition>", "aws"],
      ["111111111111", runtime.accountId],
    ]);
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
  }

  async run(recording: Data): Promise<Differences> {
    const variables: Record<string, string> = { account: this.#runtime.accountId, region: this.#runtime.region };
    for (let index = 1; index < 10; index++) variables[`role${index}`] = `arn:aws:iam::${this.#runtime.accountId}:role/recorded-${index}`;
    const cleanup: (() => Promise<unknown>)[] = [];
    try {
      if (recording.mockConfig !== undefined) throw new NotRunnable("reads a mock file");
      await this.#createFunctions(recording, variables, cleanup);
      const trouble = await this.#runSteps(recording.setup ?? [], recording, variables, cleanup);
      if (trouble !== undefined) throw new Error(`setup: ${trouble}`);
      switch (recording.kind) {
        case "execution":
          return await this.#runExecution(recording, variables, cleanup);
        case "table":
          return await this.#runTable(recording, variables, cleanup);
        case "test-state":
          return await this.#testState(recording, variables);
        default:
          return all(await this.#runSteps(recording.steps, recording, variables, cleanup, new Matcher(recording, this.#known)));
      }
    } finally {
      for (const undo of cleanup.toReversed()) await undo().catch(() => {});
    }
  }

  async #runExecution(recording: Data, variables: Record<string, string>, cleanup: (() => Promise<unknown>)[]): Promise<Differences> {
    const definition = this.#substitute(recording.definitionText ?? JSON.stringify(recording.definition), variables, true);
    const describe = await this.#execute(recording, definition, recording.input, variables, cleanup);
    return judgeExecution(recording, { describe, events: await this.#history(describe.executionArn) }, this.#known);
  }

  async #runTable(recording: Data, variables: Record<string, string>, cleanup: (() => Promise<unknown>)[]): Promise<Differences> {
    const wrong: string[] = [];
    for (const [index, row] of recording.rows.entries()) {
      const text = row.definitionText ?? JSON.stringify(row.definition ?? recording.definition);
      const describe = await this.#execute(recording, this.#substitute(text, variables, true), row.input, variables, cleanup);
      const { final, outcome } = judgeExecution({ ...recording, ...row }, { describe }, this.#known);
      const difference = outcome ?? final;
      if (difference !== undefined) wrong.push(`row ${index + 1} (${short(row.input)}): ${difference}`);
    }
    return all(wrong.length === 0 ? undefined : `${wrong.length} of ${recording.rows.length} rows: ${wrong[0]}`);
  }

  async #testState(recording: Data, variables: Record<string, string>): Promise<Differences> {
    const args = this.#substituteAll(recording.args, variables);
    if (recording.definition !== undefined || recording.definitionText !== undefined)
      args.definition = this.#substitute(recording.definitionText ?? JSON.stringify(recording.definition), variables, true);
    const matcher = new Matcher(recording, this.#known);
    try {
      const answer = withoutMetadata(await this.#call("stepfunctions", "TestState", args));
      if (recording.expectedError) return all(`expected ${recording.expectedError.code}, the call succeeded with ${short(answer)}`);
      return all(matcher.difference(recording.expected, answer, "result"));
    } catch (error) {
      if (!recording.expectedError) return all(`expected a result, got ${String(error)}`);
      return all(errorDifference(matcher, recording.expectedError, error));
    }
  }

  async #execute(
    recording: Data,
    definition: string,
    input: string | undefined,
    variables: Record<string, string>,
    cleanup: (() => Promise<unknown>)[],
  ): Promise<Data> {
    const { stateMachineArn } = await this.#call("stepfunctions", "CreateStateMachine", {
      name: `recorded-${this.#unique()}`,
      definition,
      roleArn: variables["role1"],
      type: recording.type ?? "STANDARD",
      ...this.#substituteAll(recording.createArgs ?? {}, variables),
    });
    cleanup.push(() => this.#call("stepfunctions", "DeleteStateMachine", { stateMachineArn }));
    const { executionArn } = await this.#call("stepfunctions", "StartExecution", {
      stateMachineArn,
      ...(input !== undefined && { input: this.#substitute(input, variables, true) }),
    });
    if (recording.expectedStatus === "RUNNING") {
      cleanup.push(() => this.#call("stepfunctions", "StopExecution", { executionArn }));
      return this.#call("stepfunctions", "DescribeExecution", { executionArn });
    }
    return this.#ended(executionArn);
  }

  async #ended(executionArn: string): Promise<Data> {
    const until = Date.now() + waitMilliseconds;
    for (let wait = 4; ; wait = Math.min(200, wait * 1.5)) {
      const describe = await this.#call("stepfunctions", "DescribeExecution", { executionArn });
      if (describe.status !== "RUNNING") return describe;
      if (Date.now() > until) {
        await this.#call("stepfunctions", "StopExecution", { executionArn });
        throw new Error(`the execution still runs after ${waitMilliseconds} ms`);
      }
      await pause(wait);
    }
  }

  async #history(executionArn: string): Promise<Data[]> {
    const found: Data[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await this.#call("stepfunctions", "GetExecutionHistory", { executionArn, maxResults: 1000, nextToken });
      found.push(...answer.events);
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return found;
  }

  async #runSteps(
    steps: readonly Data[],
    recording: Data,
    variables: Record<string, string>,
    cleanup: (() => Promise<unknown>)[],
    matcher = new Matcher(recording, this.#known),
  ): Promise<string | undefined> {
    const background: Promise<unknown>[] = [];
    for (const step of steps) {
      const running = this.#step(step, recording, variables, cleanup, matcher);
      if (step.background) {
        background.push(running.catch(() => {}));
        continue;
      }
      const difference = await running;
      if (difference !== undefined) return `${step.id} ${step.op ?? step.wait ?? ""}: ${difference}`;
    }
    await Promise.all(background);
    return undefined;
  }

  async #step(
    step: Data,
    recording: Data,
    variables: Record<string, string>,
    cleanup: (() => Promise<unknown>)[],
    matcher: Matcher,
  ): Promise<string | undefined> {
    if (step.sleep) return void (await pause(Math.min(step.sleep * 1000, 100)));
    if (step.wait) {
      if (step.wait === "on_execution_logs")
        return expectedDifference(step, matcher, { logs: await this.#loggedEvents(this.#substitute(step.target, variables)) });
      if (["execution_terminated", "execution_success", "execution_aborted"].includes(step.wait))
        await this.#ended(this.#substitute(step.target, variables));
      return undefined;
    }
    let answer: Data;
    try {
      answer = await this.#call(step.service, step.op, this.#substituteAll(step.args, variables));
    } catch (error) {
      if (error instanceof NotRunnable) throw error;
      if (step.expectError) return errorDifference(matcher, step.expectError, error);
      return step.mayFail ? undefined : String(error);
    }
    remember(variables, step.id, answer);
    if (step.op === "CreateStateMachine")
      cleanup.push(() => this.#call("stepfunctions", "DeleteStateMachine", { stateMachineArn: answer.stateMachineArn }));
    if (step.op === "CreateActivity")
      cleanup.push(() => this.#call("stepfunctions", "DeleteActivity", { activityArn: answer.activityArn }));
    if (step.expectError) return `expected ${step.expectError.code}, the call succeeded`;
    const given = withoutMetadata(answer);
    if (step.op !== "GetExecutionHistory") return expectedDifference(step, matcher, given);
    for (const expectation of step.expect ?? []) {
      const { events: expected } = expectation.value ?? {};
      if (expected === undefined) return expectedDifference(step, matcher, given);
      const difference = judgeHistory(recording, matcher, expected, given.events).details;
      if (difference !== undefined) return difference;
    }
    return undefined;
  }

  /** What an execution logged, once its last line is there. */
  async #loggedEvents(logGroupName: string): Promise<Data[]> {
    const until = Date.now() + waitMilliseconds;
    for (;;) {
      const { events: lines = [] } = await this.#call("logs", "FilterLogEvents", { logGroupName });
      const logged: Data[] = lines.map(({ message }: Data) => JSON.parse(message));
      if (/^Execution(?!Started)/.test(logged.at(-1)?.type ?? "")) return logged;
      if (Date.now() > until) throw new Error(`no end of the execution is logged after ${waitMilliseconds} ms: ${short(logged)}`);
      await pause(10);
    }
  }

  async #createFunctions(recording: Data, variables: Record<string, string>, cleanup: (() => Promise<unknown>)[]): Promise<void> {
    for (const given of recording.functions ?? []) {
      // JavaScript's echo of 0.0 is 0.
      if (given.behaviour === "echo" && /\d\.0\b/.test(recording.input ?? ""))
        throw new NotRunnable("needs a function that keeps the text of numbers");
      const source = handlers[given.behaviour]?.(given);
      if (source === undefined) throw new NotRunnable(`needs a function that can ${given.behaviour}`);
      const FunctionName = this.#substitute(given.name, variables);
      const { FunctionArn } = await this.#call("lambda", "CreateFunction", {
        FunctionName,
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Role: variables["role1"],
        Code: { ZipFile: zip(`export const handler = ${source};`) },
        Timeout: 70,
      });
      cleanup.push(() => this.#call("lambda", "DeleteFunction", { FunctionName }));
      variables[`${given.ref}.arn`] = FunctionArn;
      variables[`${given.ref}.name`] = FunctionName;
    }
  }

  async #call(service: string, operation: string, args: Data): Promise<Data> {
    const library = clients[service];
    const Command = library?.[`${operation}Command`];
    if (Command === undefined) throw new NotRunnable(`no client for ${service} ${operation}`);
    let client = this.#clients.get(service);
    if (client === undefined) {
      client = new library[clientClasses[service] ?? ""]({
        ...clientOptions(this.#runtime),
        disableHostPrefix: true,
        forcePathStyle: true,
      });
      this.#clients.set(service, client);
    }
    try {
      return await client.send(new Command(args));
    } catch (error) {
      if (error instanceof Error && error.message.startsWith("Contrail does not run")) throw new NotRunnable(error.message);
      throw error;
    }
  }

  #unique(): string {
    return `${(this.#count++).toString(36)}${Math.floor(this.#runtime.clock.state().now).toString(36)}`.slice(0, 12);
  }

  #substitute(text: string, variables: Record<string, string>, isInJson = false): string {
    return text.replace(/\$\{((?:now(?:\+\d+d)?|[a-z]+\d*)(?:[.[][^}]*)?)\}/g, (whole, name: string) => {
      if (/^uid\d+$/.test(name)) return (variables[name] ??= this.#unique());
      const moment = /^now(?:\+(\d+)d)?$/.exec(name);
      if (moment) {
        const at = this.#runtime.clock.state().now + Number(moment[1] ?? 0) * 86_400_000;
        return (variables[name] ??= new Date(at).toISOString().slice(0, 19));
      }
      const value = variables[name];
      if (value === undefined) return whole;
      return isInJson ? JSON.stringify(String(value)).slice(1, -1) : String(value);
    });
  }

  #substituteAll(value: Data, variables: Record<string, string>): Data {
    if (typeof value === "string") return this.#substitute(value, variables);
    if (Array.isArray(value)) return value.map((item) => this.#substituteAll(item, variables));
    if (value === null || typeof value !== "object") return value;
    if ("$datetime" in value) return new Date(value.$datetime);
    if ("$bytes" in value) return Buffer.from(value.$bytes);
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [this.#substitute(name, variables), this.#substituteAll(member, variables)]),
    );
  }
}

/** Sources of functions by what they do. */
const handlers: Readonly<Record<string, (given: Data) => string>> = {
  echo: () => "async (event) => event",
  return: ({ value }) => `async () => (${JSON.stringify(value)})`,
  raise: ({ errorType, errorMessage }) =>
    `async () => { const error = new Error(${JSON.stringify(errorMessage)}); error.name = ${JSON.stringify(errorType)}; throw error; }`,
  sleep: ({ seconds }) => `async (event) => { await new Promise((resolve) => setTimeout(resolve, ${seconds * 1000})); return event; }`,
  "large-output": ({ bytes }) => `async () => "a".repeat(${bytes})`,
  "decorate-input": ({ prefix }) =>
    `async (event) => ${JSON.stringify(prefix)} + (typeof event === "string" ? event : JSON.stringify(event))`,
};

function expectedDifference(step: Data, matcher: Matcher, given: Data): string | undefined {
  for (const { path, value } of step.expect ?? []) {
    const difference = matcher.difference(value, path ? memberAt(given, path) : given, path ?? "response");
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function errorDifference(matcher: Matcher, expected: Data, error: Data): string | undefined {
  if (error instanceof NotRunnable) throw error;
  if (expected.code !== error.name && expected.code !== error.Code)
    return `expected ${expected.code} (${short(expected.message)}), got ${String(error)}`;
  return expected.message ? matcher.difference(expected.message, error.message, "error message") : undefined;
}

function withoutMetadata(answer: Data): Data {
  const { $metadata: _metadata, ...rest } = answer;
  return rest;
}

function memberAt(value: Data, path: string): Data {
  return path
    .replace(/\[(-?\d+)\]/g, ".$1")
    .split(".")
    .filter((part) => part !== "")
    .reduce((inner, part) => (Array.isArray(inner) && part.startsWith("-") ? inner.at(Number(part)) : inner?.[part]), value);
}

/** Members of an answer under their paths, for `${s3.stateMachineArn}` in later steps. */
function remember(variables: Record<string, string>, at: string, value: Data): void {
  if (value === null || value === undefined || value instanceof Date) return;
  if (typeof value !== "object") variables[at] = value;
  else
    for (const [name, member] of Object.entries(value))
      if (name !== "$metadata") remember(variables, Array.isArray(value) ? `${at}[${name}]` : `${at}.${name}`, member);
}
