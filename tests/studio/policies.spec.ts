// What a function may do: read in plain words, added from the design, changed in place, and taken back.
import { card, expect, picture, test } from "./support.ts";

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
  await picture(page, "policies-2-opened");

  await page.keyboard.press("ControlOrMeta+z");
  await expect(row).toHaveText(/Sends messages to OrderQueue/);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(row).toHaveCount(0);
  await expect.poll(() => studio.read("template.yaml")).toBe(template);
  expect(studio.complaints).toEqual([]);
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
  await picture(page, "policies-3-statement");
  const written = ["- Effect: Allow", "  Action:", "    - dynamodb:DeleteItem", "    - dynamodb:PutItem", '  Resource: "*"'];
  await expect.poll(() => studio.read("template.yaml")).toContain(written.map((line) => `            ${line}\n`).join(""));
  expect(studio.complaints).toEqual([]);
});
