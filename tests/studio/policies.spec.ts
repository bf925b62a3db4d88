// What a function may do: read in plain words, added from the design, changed in place, and taken back.
import AxeBuilder from "@axe-core/playwright";
import { card, expect, picture, setTheme, test } from "./support.ts";

test.use({ openArguments: ["--no-run"] });

test("a permission is added from a menu, read as a sentence, given another resource, and undone step by step", async ({ studio }) => {
  const { page } = studio;
  const template = await studio.read("template.yaml");
  await studio.open();
  await card(page, "GetOrder").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector.getByRole("button", { name: "Reads items of Orders DynamoDBReadPolicy" })).toBeVisible();

  // by keyboard: the form has the focus as soon as the menu is gone
  await inspector.getByRole("button", { name: "Add a policy" }).press("Enter");
  await page.getByRole("menuitem", { name: "Permission on a resource" }).press("Enter");
  await expect(inspector.getByRole("combobox", { name: "Resource" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "OrderQueue" }).press("Enter");
  await inspector.getByRole("combobox", { name: "Permission" }).press("Enter");
  await picture(page, "policies-1-adding", { isMoving: true });
  await page.getByRole("option", { name: "Sends messages to OrderQueue" }).press("Enter");
  expect(await studio.read("template.yaml")).toBe(template);
  await inspector.getByRole("button", { name: "Add", exact: true }).press("Enter");
  const added = "        - SQSSendMessagePolicy:\n            QueueName: !GetAtt OrderQueue.QueueName\n";
  await expect
    .poll(() => studio.read("template.yaml"))
    .toContain(`            TableName: !Ref Orders\n${added}      Events:\n        Get:`);

  // opened in place, it takes another queue: that line and no other
  const row = inspector.getByRole("button", { name: /^Sends messages to/ });
  await expect(row).toHaveText(/Sends messages to OrderQueue/);
  await row.press("Enter");
  await inspector.getByRole("combobox", { name: "QueueName" }).click();
  await page.getByRole("option", { name: "OrderDLQ" }).click();
  await expect(row).toHaveText(/Sends messages to OrderDLQ/);
  await expect.poll(() => studio.read("template.yaml")).toContain(added.replace("OrderQueue.", "OrderDLQ."));
  await page.getByRole("button", { name: "Collapse dock" }).click();
  await picture(page, "policies-2-opened");

  await page.keyboard.press("ControlOrMeta+z");
  await expect(row).toHaveText(/Sends messages to OrderQueue/);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(row).toHaveCount(0);
  await expect.poll(() => studio.read("template.yaml")).toBe(template);
  expect(studio.complaints).toEqual([]);
});

test.describe("with policies of all kinds", () => {
  test.use({
    files: {
      "template.yaml": `Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs22.x
    Policies: [AWSXRayDaemonWriteAccess]
Resources:
  Uploads:
    Type: AWS::S3::Bucket
  Resize:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      InlineCode: export const handler = () => {};
      Policies:
        - AWSLambdaBasicExecutionRole
        - AmazonDynamoDBFullAccess
        - S3CrudPolicy:
            BucketName: !Ref Uploads
        - Statement:
            # never what others put there
            - Effect: Deny
              Action: s3:DeleteObject
              Resource: !Sub "\${Uploads.Arn}/*"
            - Effect: Allow
              Action: "*"
              Resource: "*"
              Condition: { StringEquals: { "aws:ResourceTag/team": orders } }
`,
    },
  });

  test("each is a sentence; one permission is narrowed to a lesser one, and a comment beside it stays", async ({ studio }) => {
    const { page } = studio;
    const template = await studio.read("template.yaml");
    await studio.open();
    await card(page, "Resize").click();
    await page.getByRole("button", { name: "Collapse dock" }).click();
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await expect(inspector.getByRole("button", { name: "Writes logs AWSLambdaBasicExecutionRole" })).toBeVisible();
    await expect(inspector.getByRole("button", { name: "Broad May do everything in DynamoDB AmazonDynamoDBFullAccess" })).toBeVisible();
    // that of Globals is told, and is not for this form to change
    await expect(inspector.getByText("AWSXRayDaemonWriteAccess · from Globals")).toBeVisible();
    await expect(inspector.getByRole("button", { name: /AWSXRayDaemonWriteAccess/ })).toHaveCount(0);
    const own = "Must not use s3:DeleteObject on Uploads Broad May do everything on everything, under conditions Own statements";
    await expect(inspector.getByRole("button", { name: own })).toBeVisible();
    const row = inspector.getByRole("button", { name: /^Reads.* S3\w+Policy$/ });
    await expect(row).toHaveText(/Reads, writes and deletes objects of Uploads/);
    await row.click();
    await picture(page, "policies-4-kinds");
    await inspector.getByRole("combobox", { name: "Permission" }).click();
    await page.getByRole("option", { name: "Reads objects of Uploads" }).click();
    await expect(row).toHaveText(/Reads objects of Uploads/);
    await expect.poll(() => studio.read("template.yaml")).toBe(template.replace("S3CrudPolicy", "S3ReadPolicy"));
    await inspector.getByRole("button", { name: own }).click();
    await inspector.getByRole("combobox", { name: "Effect" }).first().click();
    await page.getByRole("option", { name: "Allow" }).click();
    await expect(inspector.getByRole("button", { name: /^May use s3:DeleteObject on Uploads/ })).toBeVisible();
    await expect
      .poll(() => studio.read("template.yaml"))
      .toBe(template.replace("S3CrudPolicy", "S3ReadPolicy").replace("Effect: Deny", "Effect: Allow"));
    await inspector.getByRole("button", { name: "Remove the statement" }).last().click();
    await expect(inspector.getByText("May do everything on everything")).toHaveCount(0);
    await expect.poll(() => studio.read("template.yaml")).not.toContain("Condition");
    expect(studio.complaints).toEqual([]);
  });
});

test("an own statement is written from the design's resources; for everything, it is a warning", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await card(page, "GetOrder").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByRole("button", { name: "Add a policy" }).click();
  await page.getByRole("menuitem", { name: "Own statement" }).click();
  await inspector.getByRole("combobox", { name: "Action" }).fill("dynamodb:DeleteItem");
  await page.keyboard.press("Enter");
  await inspector.getByRole("combobox", { name: "Resource" }).click();
  await page.getByRole("option", { name: "Orders", exact: true }).click();
  await inspector.getByRole("button", { name: "Add", exact: true }).click();
  const row = inspector.getByRole("button", { name: /^(Broad )?May use/ });
  await expect(row).toHaveText(/May use dynamodb:DeleteItem on Orders/);

  await row.click();
  await inspector.getByRole("button", { name: "Add an action" }).click();
  await inspector.getByRole("combobox", { name: "Action" }).last().fill("dynamodb:PutItem");
  await page.keyboard.press("Enter");
  await expect(row).toHaveText(/May use dynamodb:DeleteItem and dynamodb:PutItem on Orders/);
  await inspector.getByRole("combobox", { name: "Resource" }).click();
  await page.getByRole("option", { name: "*", exact: true }).click();
  await expect(row).toHaveText(/May use dynamodb:DeleteItem and dynamodb:PutItem on everything/);
  await expect(row.getByLabel("Broad")).toBeVisible();
  await page.getByRole("button", { name: "Collapse dock" }).click();
  await picture(page, "policies-3-statement");
  for (const theme of ["light", "dark"] as const) {
    await setTheme(page, theme);
    const { violations } = await new AxeBuilder({ page }).include("aside, [role=complementary]").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual([]);
  }
  const written = ["- Effect: Allow", "  Action:", "    - dynamodb:DeleteItem", "    - dynamodb:PutItem", '  Resource: "*"'];
  await expect.poll(() => studio.read("template.yaml")).toContain(written.map((line) => `            ${line}\n`).join(""));
  expect(studio.complaints).toEqual([]);
});
