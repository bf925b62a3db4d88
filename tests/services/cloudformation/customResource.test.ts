import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { Deployment } from "../../../src/runtime/index.ts";
import { cloudFormationService } from "../../../src/runtime/services/cloudformation/service.ts";
import { iamService } from "../../../src/runtime/services/iam/service.ts";
import { lambda } from "../../../src/runtime/services/lambda/service.ts";
import { runtimeWith, temporaryFolder } from "../../support/runtime.ts";

const services = [cloudFormationService, iamService, lambda];

/** Answers as AWS's own cfn-response module does: HTTPS, port 443, a PUT to the pre-signed address. */
const handler = `
const https = require("node:https");
exports.handler = (event, context) => {
  console.log(event.RequestType, JSON.stringify(event.ResourceProperties));
  if (event.ResourceProperties.Mode === "throw") throw new Error("no such thing");
  const refuses = event.ResourceProperties.Mode === "refuse" && event.RequestType !== "Delete";
  const body = JSON.stringify({
    Status: refuses ? "FAILED" : "SUCCESS",
    Reason: "asked to refuse",
    PhysicalResourceId: event.PhysicalResourceId ?? "made-" + event.LogicalResourceId,
    StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
    Data: { Answer: "42", Count: event.ResourceProperties.Count },
  });
  const url = new URL(event.ResponseURL);
  return new Promise((resolve, reject) => {
    const request = https.request({ hostname: url.hostname, port: 443, path: url.pathname + url.search, method: "PUT", headers: { "content-type": "", "content-length": body.length } }, resolve);
    request.on("error", reject);
    request.end(body);
  });
};`;

function deployment(mode: string, count = 3): Deployment {
  const projectDirectory = temporaryFolder();
  mkdirSync(path.join(projectDirectory, "src"));
  writeFileSync(path.join(projectDirectory, "src", "maker.js"), handler);
  return {
    stackName: "custom",
    projectDirectory,
    templatePath: "template.yaml",
    parameters: {},
    templateText: `
Transform: AWS::Serverless-2016-10-31
Resources:
  Maker: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x, Handler: maker.handler, CodeUri: src } }
  Thing: { Type: Custom::Thing, Properties: { ServiceToken: !GetAtt Maker.Arn, Mode: ${mode}, Count: ${count}, On: true } }
Outputs:
  Thing: { Value: !Ref Thing }
  Answer: { Value: !GetAtt Thing.Answer }
  Count: { Value: !GetAtt Thing.Count }
`,
  };
}

test("a custom resource is made, changed and deleted by its function, which answers as on AWS", async () => {
  const runtime = await runtimeWith(services);
  const made = await runtime.deploy(deployment("plain"));
  expect(made.outputs).toEqual({ Thing: "made-Thing", Answer: "42", Count: "3" });
  const changed = await runtime.deploy(deployment("plain", 4));
  expect(changed).toMatchObject({
    outputs: { Thing: "made-Thing", Count: "4" },
    difference: { changed: expect.arrayContaining([{ logicalId: "Thing", properties: ["Count"], isReplaced: false }]) },
  });

  const without = deployment("plain");
  await runtime.deploy({ ...without, templateText: without.templateText.split("  Thing:")[0] ?? "" });
  const lines = runtime.traces
    .logs({ limit: 50 })
    .map((line) => line.message)
    .filter((message) => /\b(Create|Update|Delete) \{/.test(message));
  expect(lines.map((line) => /Create|Update|Delete/.exec(line)?.[0]).toReversed()).toEqual(["Create", "Update", "Delete"]);
  expect(lines.at(-1)).toContain('"Count":"3"');
  expect(lines.at(-1)).toContain('"On":"true"');
});

test.each([
  ["refuse", "asked to refuse"],
  ["throw", "no such thing"],
])("a function that answers with %s fails the deployment at once", async (mode, reason) => {
  const runtime = await runtimeWith(services);
  await expect(runtime.deploy(deployment(mode))).rejects.toMatchObject({
    name: "DeployError",
    message: expect.stringContaining(reason),
    problems: [{ resource: "Thing" }],
  });
});
