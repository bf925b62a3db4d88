// A problem is shown wherever the person looks: on the card, in the text, in the inspector and in the list; each place can mend it.
import { card, command, dockTab, expect, picture, rewrite, runStatus, sendButton, test } from "./support.ts";

const template = `Resources:
  Fulfil:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      QueueName: work
`;

test.use({ files: { "template.yaml": template } });

test("a problem stands on the card, in the text, in the inspector and in the list", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(card(page, "Fulfil").locator("svg.lucide-circle-alert")).toBeVisible();

  await dockTab(page, "Problems").click();
  const inList = page.getByRole("region", { name: "template.yaml" }).getByRole("button", { name: "Call it work.fifo" });
  await expect(inList).toBeVisible();

  await card(page, "Fulfil").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByRole("tab", { name: /^Problems/ }).click();
  await expect(inspector.getByRole("button", { name: "Call it work.fifo" })).toBeVisible();

  await command(page, "Template beside the canvas");
  const text = page.getByRole("region", { name: "Right half" });
  await expect(text.locator(".squiggly-error").first()).toBeVisible();
  await picture(page, "problems-1");
  await text.locator(".view-line").filter({ hasText: "QueueName" }).locator("span span").last().click();
  await page.keyboard.press("ControlOrMeta+.");
  await expect(page.locator(".action-widget").first()).toContainText("Call it work.fifo");
  await picture(page, "problems-2-quick-fix", { isMoving: true });
  await page.keyboard.press("Enter");
  await expect.poll(() => studio.read("template.yaml")).toBe(template.replace("QueueName: work", "QueueName: work.fifo"));
  await expect(card(page, "Fulfil").locator("svg.lucide-circle-alert")).toBeHidden();
  await expect(inList).toBeHidden();
});

test.describe("a call that was seen while it ran", () => {
  const watched = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::SimpleTable
  Place:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      CodeUri: code/
      Environment: { Variables: { TABLE: !Ref Orders } }
      Policies:
        - DynamoDBReadPolicy: { TableName: !Ref Orders }
      Events:
        Post: { Type: HttpApi, Properties: { Path: /orders, Method: post } }
`;
  // no reading of the text finds out what this calls
  const code = `const dynamo = require("@aws-sdk/client-dynamodb");
exports.handler = async () => {
  const Command = dynamo["Put" + "ItemCommand"];
  await new dynamo.DynamoDBClient().send(new Command({ TableName: process.env.TABLE, Item: { id: { S: "1" } } }));
  return { statusCode: 201, body: "ok" };
};
`;
  test.use({ files: { "template.yaml": watched, "code/index.js": code } });

  test("and that no policy allows is a problem with its fix, also after the page is loaded again", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(runStatus(page)).toContainText("Running");
    await dockTab(page, "Requests").click();
    await sendButton(page).click();
    await expect(page.getByText("201 Created")).toBeVisible();
    await page.reload();
    await dockTab(page, "Problems").click();
    const list = page.getByRole("region", { name: "template.yaml" });
    await expect(list).toContainText("Place called dynamodb:PutItem on Orders while it ran");
    await list.getByRole("button", { name: "Allow it (DynamoDBCrudPolicy)" }).click();
    await expect(list).toBeHidden();
    await expect.poll(() => studio.read("template.yaml")).toContain("        - DynamoDBCrudPolicy:");
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => studio.read("template.yaml")).toBe(watched);
  });
});

test.describe("what a nested stack holds", () => {
  test.use({
    files: {
      "template.yaml":
        "Resources:\n  Storage:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: inner/storage.yaml }\n",
      "inner/storage.yaml":
        "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: { VisibilityTimout: 5 }\nOutputs: { Arn: { Value: !GetAtt Jobs.Arn } }\n",
    },
  });

  test("is told at its own file and line, marks the stack's card, and goes when it is mended", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await dockTab(page, "Problems").click();
    const told = page.getByRole("region", { name: "inner/storage.yaml" });
    await expect(told).toContainText("Did you mean VisibilityTimeout?");
    await expect(card(page, "Storage").locator("svg.lucide-circle-alert")).toBeVisible();
    await told.getByRole("button", { name: /Did you mean/ }).click();
    await expect(page.locator(".squiggly-error, .view-line").filter({ hasText: "VisibilityTimout" }).first()).toBeVisible();
    await rewrite(studio, "inner/storage.yaml", (text) => text.replace("Timout", "Timeout"));
    await expect(told).toBeHidden();
    await expect(card(page, "Storage").locator("svg.lucide-circle-alert")).toBeHidden();
  });
});

test.describe("outside the resources", () => {
  const written = `Conditions:
  IsOld: !Equals [a, b] # nobody asks
  IsNew: !Equals [a, a]
Resources:
  Orders:
    Type: AWS::Serverless::SimpleTable
    Condition: IsNew
`;
  test.use({ files: { "template.yaml": written } });

  test("a missing transform and an unused condition have their fixes too", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await dockTab(page, "Problems").click();
    const list = page.getByRole("region", { name: "template.yaml" });
    await list.getByRole("button", { name: "Remove IsOld" }).click();
    await expect.poll(() => studio.read("template.yaml")).toBe(written.replace("  IsOld: !Equals [a, b] # nobody asks\n", ""));
    await list.getByRole("button", { name: "Add the transform" }).click();
    await expect.poll(() => studio.read("template.yaml")).toContain("Transform: AWS::Serverless-2016-10-31\n");
    await expect(list).not.toContainText("Transform");
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => studio.read("template.yaml")).toBe(written);
  });
});

test.describe("a function whose code lies in S3", () => {
  test.use({
    files: {
      "template.yaml":
        "Transform: AWS::Serverless-2016-10-31\nResources:\n  Work:\n    Type: AWS::Serverless::Function\n    Properties: { Runtime: nodejs22.x, Handler: index.handler, CodeUri: s3://bucket/code.zip }\n",
    },
  });

  test("says on its card and in its form that it is only kept", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(runStatus(page)).toContainText("Running");
    await expect(card(page, "Work")).toContainText("not run");
    await card(page, "Work").click();
    await expect(page.getByRole("complementary", { name: "Inspector" })).toContainText("Kept, but not run");
  });
});

test.describe("a name that is nowhere", () => {
  test.use({
    files: {
      "template.yaml":
        "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Gone.Arn, maxReceiveCount: 3 } }\n",
    },
  });

  test("is told once, though the deploy fails by it too", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(runStatus(page)).toContainText("Deploy failed");
    await dockTab(page, "Problems").click();
    await expect(page.getByRole("region", { name: "template.yaml" }).locator("[data-problem]").filter({ hasText: "Gone" })).toHaveCount(1);
  });
});
