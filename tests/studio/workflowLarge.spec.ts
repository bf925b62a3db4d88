// Definitions as large as generated ones get: they are drawn where one looks, and take commands as small ones do.
import { card, command, expect, picture, test } from "./support.ts";

const count = 10_000;

function chain(): object {
  const next = (index: number): object => (index === count - 1 ? { End: true } : { Next: `Step ${index + 1}` });
  const states = Array.from({ length: count }, (_, index): [string, object] => [
    `Step ${index}`,
    index % 10 === 3 && index + 3 < count
      ? {
          Type: "Choice",
          Choices: [{ Variable: "$.skip", BooleanEquals: true, Next: `Step ${index + 3}` }],
          Default: `Step ${index + 1}`,
        }
      : { Type: "Pass", Result: { index }, ResultPath: "$.result", ...next(index) },
  ]);
  return { StartAt: "Step 0", States: Object.fromEntries(states) };
}

test.use({
  example: null,
  files: {
    "template.yaml": `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Generated:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: generated.asl.json
`,
    // AWS takes 1 MB
    "generated.asl.json": JSON.stringify(chain()),
  },
});

test("ten thousand states are drawn where one looks; a command changes the text in its place", async ({ studio }) => {
  const { page } = studio;
  const before = await studio.read("generated.asl.json");
  await studio.open();
  await command(page, "Open the workflow of Generated");
  await expect(card(page, "/States/Step 0")).toBeVisible();
  expect(await page.locator(".react-flow__node").count()).toBeLessThan(200);
  await picture(page, "workflow-large");

  await card(page, "/States/Step 1").click({ position: { x: 60, y: 30 } });
  // among so many the next one is named, not picked from a list
  await expect(page.getByRole("combobox", { name: "Next" })).toHaveValue("Step 2");
  await page.keyboard.press("Delete");
  await expect(card(page, "/States/Step 1")).toHaveCount(0);
  await expect.poll(async () => (await studio.read("generated.asl.json")).length).toBeLessThan(before.length);
  await command(page, "Undo");
  await expect(card(page, "/States/Step 1")).toBeVisible();
  await expect.poll(() => studio.read("generated.asl.json")).toBe(before);

  // the map leads anywhere, and from far away all is seen
  const map = page.getByRole("img", { name: "Map of the workflow" });
  const box = await map.boundingBox();
  if (box === null) throw new Error("The map is not shown.");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height - 2);
  await expect(
    page
      .locator(".react-flow__node")
      .filter({ hasText: /Step 9[789]\d\d/ })
      .first(),
  ).toBeVisible();
  await page.getByRole("button", { name: "Fit everything" }).click();
  await expect(page.locator(".react-flow__node")).toHaveCount(0);
  await picture(page, "workflow-far");
  expect(studio.complaints).toEqual([]);
});
