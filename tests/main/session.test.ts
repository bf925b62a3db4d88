import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { StudioSession } from "../../src/main/session.ts";
import type { RunState } from "../../src/model/studioApi.ts";
import { temporaryFolder } from "../support/folder.ts";
import { send, type PlainAnswer } from "../support/http.ts";

interface OpenProject {
  readonly session: StudioSession;
  write(file: string, text: string): Promise<void>;
  /** What the state is once it fulfils the condition: now, or after one of the next changes. */
  until(condition: (state: RunState) => boolean): Promise<RunState>;
  get(resource: string, target: string): Promise<PlainAnswer>;
}

/** A project as a window of the Studio has it open, running. */
async function runningProject(files: Record<string, string>): Promise<OpenProject> {
  const home = await temporaryFolder();
  const before = process.env["CONTRAIL_HOME"];
  process.env["CONTRAIL_HOME"] = home;
  const folder = await temporaryFolder(files);
  const session = new StudioSession({ log() {} });
  onTestFinished(async () => {
    await session.close();
    if (before === undefined) delete process.env["CONTRAIL_HOME"];
    else process.env["CONTRAIL_HOME"] = before;
  });
  await session.open(folder);
  await session.run();
  const until = (condition: (state: RunState) => boolean): Promise<RunState> =>
    new Promise((resolve) => {
      const stop = session.onEvent(() => {
        if (!condition(session.runState)) return;
        stop();
        resolve(session.runState);
      });
      if (condition(session.runState)) {
        stop();
        resolve(session.runState);
      }
    });
  return {
    session,
    until,
    write: (file, text) => writeFile(path.join(folder, file), text),
    get(resource, target) {
      const url = session
        .requireRuntime()
        .urls()
        .find((each) => each.logicalId === resource)?.url;
      if (url === undefined) throw new Error(`${resource} has no address: ${JSON.stringify(session.runState)}`);
      return send(url.replace(/\/$/, "") + target);
    },
  };
}

const api = `Transform: AWS::Serverless-2016-10-31
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: hello.handler
      Runtime: nodejs24.x
      Events:
        Get: { Type: HttpApi, Properties: { Path: /hello, Method: GET } }
`;
const answering = (word: string): string => `export const handler = async (): Promise<object> => ({ statusCode: 200, body: "${word}" });\n`;
const broken = "export const handler = async () => {\n  return 'new' oops;\n};\n";

describe("code that does not build", () => {
  it("is told by the first deploy with its place, and no longer once it is mended", async () => {
    const { session, write, until, get } = await runningProject({ "template.yaml": api, "src/hello.ts": broken });
    expect(session.runState).toMatchObject({
      type: "running",
      problems: [{ severity: "error", file: "src/hello.ts", resource: "Hello", range: { start: { line: 2, column: 16 } } }],
    });

    await write("src/hello.ts", answering("mended"));

    await until((state) => state.type === "running" && state.problems.length === 0);
    expect((await get("ServerlessHttpApi", "/hello")).text).toBe("mended");
  });

  it("is told while an edit is broken, through deploys that change something else", async () => {
    const { session, write, until, get } = await runningProject({ "template.yaml": api, "src/hello.ts": answering("first") });
    expect(session.runState).toMatchObject({ type: "running", problems: [] });

    await write("src/hello.ts", broken);
    await until((state) => state.type === "running" && state.problems.length === 1);
    await write("template.yaml", `${api}  Jobs:\n    Type: AWS::SQS::Queue\n`);
    const redeployed = await until((state) => state.type === "running" && state.lastDifference?.added.includes("Jobs") === true);

    expect(redeployed).toMatchObject({ problems: [{ severity: "error", file: "src/hello.ts", resource: "Hello" }] });
    expect((await get("ServerlessHttpApi", "/hello")).text).toBe("first");
    await write("src/hello.ts", answering("second"));
    await until((state) => state.type === "running" && state.problems.length === 0);
    expect((await get("ServerlessHttpApi", "/hello")).text).toBe("second");
  });
});

describe("an OpenAPI document beside the template", () => {
  const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Pets:
    Type: AWS::Serverless::HttpApi
    Properties: { DefinitionUri: api/openapi.yaml }
  Hello:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src, Handler: hello.handler, Runtime: nodejs24.x, FunctionName: hello }
`;
  const openApi = (route: string): string => `openapi: "3.0.1"
info: { title: Pets, version: "1" }
paths:
  ${route}:
    get:
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        payloadFormatVersion: "2.0"
        uri: !Sub arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Hello.Arn}/invocations
`;

  it("is what the API answers by, and a change of it is deployed", async () => {
    const { write, until, get, session } = await runningProject({
      "template.yaml": template,
      "api/openapi.yaml": openApi("/pets"),
      "src/hello.ts": answering("pet"),
    });
    expect(session.runState).toMatchObject({ type: "running", problems: [] });
    expect((await get("Pets", "/pets")).text).toBe("pet");
    expect((await get("Pets", "/cats")).status).toBe(404);

    await write("api/openapi.yaml", openApi("/cats"));

    await until(
      (state) => state.type === "running" && state.lastDifference?.changed.some((change) => change.logicalId === "Pets") === true,
    );
    expect((await get("Pets", "/cats")).text).toBe("pet");
    expect((await get("Pets", "/pets")).status).toBe(404);
  });

  it("deploys as soon as it is there", async () => {
    const { session, write, until, get } = await runningProject({
      "template.yaml": template,
      "api/other.txt": "",
      "src/hello.ts": answering("pet"),
    });
    expect(session.runState).toMatchObject({
      type: "failed",
      isServing: false,
      problems: [
        {
          severity: "error",
          resource: "Pets",
          message: expect.stringContaining("api/openapi.yaml is not in the project's folder"),
          range: { start: { line: 3 } },
        },
      ],
    });

    await write("api/openapi.yaml", openApi("/pets"));

    await until((state) => state.type === "running");
    expect((await get("Pets", "/pets")).text).toBe("pet");
  });

  it("may stand in for the body of a REST API as an include", async () => {
    const included = template
      .replace("Serverless::HttpApi", "Serverless::Api")
      .replace(
        "{ DefinitionUri: api/openapi.yaml }",
        "\n      StageName: v1\n      DefinitionBody:\n        Fn::Transform: { Name: AWS::Include, Parameters: { Location: ./openapi.yaml } }",
      );
    const { get, session } = await runningProject({
      "template.yaml": included,
      "openapi.yaml": openApi("/pets"),
      "src/hello.ts": "export const handler = async () => ({ statusCode: 200, body: 'rest' });\n",
    });
    expect(session.runState).toMatchObject({ type: "running" });
    expect((await get("Pets", "/pets")).text).toBe("rest");
  });
});

describe("a template that went wrong", () => {
  it.each([
    ["does not parse", `${api}\n\tBad: 1\n`, { range: { start: { line: 12 } } }],
    ["became empty", "", { message: expect.stringContaining("Resources") }],
    [
      "names what is not there",
      `${api}  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: !Ref Nope }\n`,
      { range: { start: { line: 13 } }, resource: "Jobs", message: expect.stringContaining("Nope") },
    ],
    [
      "has a parameter without a value",
      `Parameters: { Size: { Type: String } }\n${api}`,
      { range: { start: { line: 1 } }, message: expect.stringContaining("Size") },
    ],
  ])("that %s is told with its place, and what was deployed keeps serving", async (_what, text, problem) => {
    const { write, until, get } = await runningProject({ "template.yaml": api, "src/hello.ts": answering("still here") });

    await write("template.yaml", text);

    const failed = await until((state) => state.type === "failed");
    expect(failed).toMatchObject({ isServing: true, problems: [{ severity: "error", file: "template.yaml", ...problem }] });
    expect((await get("ServerlessHttpApi", "/hello")).text).toBe("still here");
    await write("template.yaml", `${api}\n# mended\n`);
    await until((state) => state.type === "running");
  });

  it("that is gone or binary is told, and what was deployed keeps serving", async () => {
    const { session, write, until, get } = await runningProject({ "template.yaml": api, "src/hello.ts": answering("still here") });
    await write("template.yaml", "\u0000\u0001\u0002binary");
    expect(await until((state) => state.type === "failed")).toMatchObject({
      isServing: true,
      message: expect.stringContaining("template.yaml is not text in UTF-8"),
    });
    await write("template.yaml", `${api}\n# mended\n`);
    await until((state) => state.type === "running");

    await rm(path.join(session.directory, "template.yaml"));

    expect(await until((state) => state.type === "failed")).toMatchObject({
      isServing: true,
      message: expect.stringContaining("template.yaml"),
    });
    expect((await get("ServerlessHttpApi", "/hello")).text).toBe("still here");
  });
});
