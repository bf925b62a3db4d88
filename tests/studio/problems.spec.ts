// A problem is shown wherever the person looks: on the card, in the text, in the inspector and in the list; each place can mend it.
import { card, command, dockTab, expect, picture, test } from "./support.ts";

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
