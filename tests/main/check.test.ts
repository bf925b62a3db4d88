import { describe, expect, it } from "vitest";
import { contrail } from "../support/contrail.ts";
import { temporaryFolder } from "../support/folder.ts";

async function check(template: string): Promise<{ code: number | null; lines: string[] }> {
  const folder = await temporaryFolder({ "template.yaml": template });
  const checking = contrail(["check", folder]);
  const lines: string[] = [];
  for (;;) {
    const line = await checking.nextLine().catch(() => null);
    if (line === null) break;
    lines.push(line);
  }
  return { code: (await checking.exited).code, lines };
}

describe("contrail check", () => {
  it("names file, line, column, severity and what is wrong, and exits with 1 on an error", async () => {
    const { code, lines } = await check("Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 99999\n");
    expect(lines).toContainEqual(expect.stringMatching(/^template\.yaml:5:\d+ error .*VisibilityTimeout/));
    expect(code).toBe(1);
  });

  it.each([
    ["a tab for indentation", "Resources:\n  A:\n    Type: AWS::SQS::Queue\n\tProperties: {}\n", /:4:\d+ error/],
    ["a bracket that is never closed", "Resources: {A: [1,\n", /error/],
    ["a reference to nothing", "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: !Ref Nope }\n", /:4:\d+ error .*Nope/],
  ])("finds %s", async (_name, template, expected) => {
    const { code, lines } = await check(template);
    expect(lines.join("\n")).toMatch(expected);
    expect(code).toBe(1);
  });

  it("is content with a good template", async () => {
    const { code, lines } = await check("Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\nOutputs:\n  Url: { Value: !Ref Jobs }\n");
    expect(lines.filter((line) => !line.includes(" info "))).toEqual([]);
    expect(code).toBe(0);
  });
});
