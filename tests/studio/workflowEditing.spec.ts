// A workflow is drawn: states from the palette, ways by dragging, everything in step with the text, everything undone.
import AxeBuilder from "@axe-core/playwright";
import { card, command, expect, picture, runStatus, test, type Studio } from "./support.ts";
import { drag, middleOf } from "./workflowProject.ts";

const template = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  # Brings orders to their end.
  Fulfilment:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: statemachines/fulfilment.asl.json
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: ship.handler
      CodeUri: src/
  OrderQueue:
    Type: AWS::SQS::Queue
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
`;

const definition = `{
  "StartAt": "Validate",
  "States": {
    "Validate": { "Type": "Pass", "Result": { "rate": 1.0 }, "Next": "InStock" },
    "InStock": {
      "Type": "Choice",
      "Choices": [
        { "Variable": "$.total", "NumericGreaterThan": 100.50, "Next": "Settle" },
        { "Variable": "$.total", "NumericGreaterThan": 0, "Next": "Pack" }
      ],
      "Default": "SoldOut"
    },
    "SoldOut": { "Type": "Fail", "Error": "SoldOut" },
    "Settle": {
      "Type": "Parallel",
      "Branches": [
        { "StartAt": "Charge", "States": { "Charge": { "Type": "Pass", "End": true } } },
        { "StartAt": "Reserve", "States": { "Reserve": { "Type": "Pass", "End": true } } }
      ],
      "Next": "Pack"
    },
    "Pack": { "Type": "Wait", "Seconds": 2, "End": true }
  }
}
`;

const file = "statemachines/fulfilment.asl.json";

test.use({
  example: null,
  files: {
    "template.yaml": template,
    [file]: definition,
    "src/ship.mjs": "export const handler = async (event) => ({ shipped: event.orderId });\n",
  },
});

async function openWorkflow(studio: Studio): Promise<void> {
  await studio.open();
  await expect(runStatus(studio.page)).toContainText("Running");
  await command(studio.page, "Open the workflow of Fulfilment");
  await expect(card(studio.page, "/States/Pack")).toBeVisible();
}

test("states come from the palette into ways and lanes, and undo gives every byte back", async ({ studio }) => {
  const { page } = studio;
  await openWorkflow(studio);
  const palette = page.getByRole("region", { name: "States" });
  await expect(palette.getByRole("button", { name: "Ship", exact: true })).toBeVisible();
  await picture(page, "workflow-edit-1-palette");

  // dropped between two states
  const [above, below] = [
    await middleOf(card(page, "/States/Settle/Branches[0]/States/Charge")),
    await middleOf(card(page, "/States/Pack")),
  ];
  expect(below.y).toBeGreaterThan(above.y);
  const first = await middleOf(card(page, "/States/Validate"));
  const second = await middleOf(card(page, "/States/InStock"));
  await palette.getByRole("button", { name: "Wait", exact: true }).hover();
  await page.mouse.down();
  await page.mouse.move(first.x, first.y + 5, { steps: 8 });
  await page.mouse.move((first.x + second.x) / 2, (first.y + second.y) / 2, { steps: 4 });
  await expect(page.locator(".drop-place[data-meant='true']")).toHaveText("Wait");
  await picture(page, "workflow-edit-2-dragging", { isMoving: true });
  await page.mouse.up();
  await expect(card(page, "/States/Wait")).toBeVisible();
  await expect.poll(() => studio.read(file)).toContain('"Next": "Wait"');
  const withWait = await studio.read(file);
  expect(withWait).toContain('"Validate": { "Type": "Pass", "Result": { "rate": 1.0 }, "Next": "Wait" },');
  expect(withWait).toContain('"NumericGreaterThan": 100.50');

  // a task on a resource of the design, behind the selected state: with its substitution and its policy
  await card(page, "/States/Pack").click();
  await page.keyboard.press("/");
  await page.keyboard.type("ship");
  await page.keyboard.press("Enter");
  await expect(card(page, "/States/Ship")).toBeVisible();
  await expect.poll(() => studio.read(file)).toContain('"FunctionName": "${ShipArn}"');
  const written = await studio.read("template.yaml");
  expect(written).toContain("      DefinitionSubstitutions:\n        ShipArn: !GetAtt Ship.Arn\n");
  expect(written).toContain("      Policies:\n        - LambdaInvokePolicy:\n            FunctionName: !Ref Ship\n");
  await expect(page.getByRole("contentinfo")).toContainText("template.yaml valid");
  expect(written).toContain("# Brings orders to their end.");
  await picture(page, "workflow-edit-3-task");

  // one step each
  await page.keyboard.press("ControlOrMeta+z");
  await expect(card(page, "/States/Ship")).toBeHidden();
  await expect.poll(() => studio.read("template.yaml")).toBe(template);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => studio.read(file)).toBe(definition);
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await expect.poll(() => studio.read(file)).toBe(withWait);
  expect(studio.complaints).toEqual([]);
});

test("ways are drawn by dragging; states move, are renamed, copied and deleted, and the flow heals", async ({ studio }) => {
  const { page } = studio;
  await openWorkflow(studio);

  // an error handler: from the port at the side
  await card(page, "/States/Settle").click({ position: { x: 60, y: 20 } });
  const port = card(page, "/States/Settle").locator("[data-connect='catch']");
  await drag(page, await middleOf(port), await middleOf(card(page, "/States/SoldOut")));
  await picture(page, "workflow-edit-4-connecting", { isMoving: true });
  await page.mouse.up();
  await expect.poll(() => studio.read(file)).toContain('"ErrorEquals"');
  await expect(page.locator(".way-label", { hasText: "any error" })).toBeVisible();

  // a state moves into a branch
  const lane = await middleOf(card(page, "/States/Settle/Branches[1]/States/Reserve"));
  await drag(page, await middleOf(card(page, "/States/Validate")), { x: lane.x, y: lane.y + 26 });
  await page.mouse.up();
  await expect(card(page, "/States/Settle/Branches[1]/States/Validate")).toBeVisible();
  await expect.poll(() => studio.read(file)).toContain('"StartAt": "InStock"');
  expect(await studio.read(file)).toContain("1.0");

  // a new name wherever it is named
  await card(page, "/States/Pack").click();
  await page.keyboard.press("F2");
  await page.getByRole("textbox", { name: "New name of Pack" }).fill("Wrap up");
  await page.keyboard.press("Enter");
  await expect(card(page, "/States/Wrap up")).toBeVisible();
  await expect.poll(() => studio.read(file)).not.toContain('"Pack"');
  await expect(page.getByRole("complementary", { name: "Inspector" }).getByRole("heading", { name: "Wrap up" })).toBeVisible();

  // copied behind another
  await page.keyboard.press("ControlOrMeta+c");
  await card(page, "/States/Settle/Branches[0]/States/Charge").click();
  await page.keyboard.press("ControlOrMeta+v");
  await expect(card(page, "/States/Settle/Branches[0]/States/Wrap up 2")).toBeVisible();

  // the order of rules, from the keyboard
  await card(page, "/States/InStock").click();
  await page.keyboard.press("w");
  await page.keyboard.press("w");
  await page.keyboard.press("Alt+ArrowUp");
  await expect
    .poll(async () => (await studio.read(file)).indexOf('"NumericGreaterThan": 0,'))
    .toBeLessThan((await studio.read(file)).indexOf("100.50"));

  // deleted: what led to it leads on
  await card(page, "/States/Settle").click({ position: { x: 60, y: 20 } });
  await page.keyboard.press("Delete");
  await expect(card(page, "/States/Settle")).toBeHidden();
  await expect.poll(() => studio.read(file)).not.toContain('"Settle"');
  await picture(page, "workflow-edit-5-healed");
  expect(studio.complaints).toEqual([]);
});

test("canvas and text select each other; broken text keeps the last good canvas", async ({ studio }) => {
  const { page } = studio;
  await openWorkflow(studio);
  await card(page, "/States/Pack").click();
  await page.getByRole("button", { name: "Text beside" }).click();
  await expect(page.locator(".contrail-state-lines").first()).toBeVisible();
  const text = page.getByRole("region", { name: "Right half" });
  await text.locator(".view-line", { hasText: "SoldOut" }).last().click();
  await expect(card(page, "/States/SoldOut").locator(".state")).toHaveAttribute("data-selected", "true");

  await text.locator(".view-line", { hasText: "Validate" }).last().click();
  await page.keyboard.press("End");
  await page.keyboard.insertText(" oops {");
  await expect(page.getByText(`${file} cannot be read.`)).toBeVisible();
  await expect(card(page, "/States/Pack")).toBeVisible();
  await expect(text.locator(".squiggly-error").first()).toBeVisible();
  await picture(page, "workflow-edit-6-broken");
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+z");
    await expect(text.locator(".view-line", { hasText: "oops" })).toHaveCount(0, { timeout: 500 });
  }).toPass();
  await expect(page.getByText(`${file} cannot be read.`)).toBeHidden();

  // a problem stands on its state and at its line
  await card(page, "/States/Pack").click();
  await page.keyboard.press("c");
  await page.keyboard.type("validate");
  await page.keyboard.press("Enter");
  await expect(card(page, "/States/Pack").locator(".state")).toBeVisible();
  await expect.poll(() => studio.read(file)).toContain('"Next": "Validate"');
  await picture(page, "workflow-edit-7-text");
  expect(studio.complaints).toEqual([]);
});

test("branches come and go, empty lanes take states, and every place has its plus", async ({ studio }) => {
  const { page } = studio;
  await openWorkflow(studio);

  // a third branch; its only state goes, and the empty lane takes another from the palette
  await card(page, "/States/Settle").click({ position: { x: 60, y: 20 } });
  await page.getByRole("button", { name: "Add a branch to Settle" }).click();
  const lane = "/States/Settle/Branches[2]";
  await card(page, `${lane}/States/Pass`).click();
  await page.keyboard.press("Delete");
  await expect(card(page, `${lane}#lane`)).toContainText("Drop a state here");
  await expect(card(page, "/States/Settle").locator(".state")).toHaveAttribute("data-problem", "error");
  await picture(page, "workflow-edit-8-empty-lane");
  const palette = page.getByRole("region", { name: "States" });
  await palette.getByRole("button", { name: "Map", exact: true }).hover();
  await page.mouse.down();
  const empty = await middleOf(card(page, `${lane}#lane`));
  await page.mouse.move(empty.x - 20, empty.y - 20, { steps: 6 });
  await page.mouse.move(empty.x, empty.y, { steps: 3 });
  await page.mouse.up();
  await expect(card(page, `${lane}/States/Map/ItemProcessor/States/Each item`)).toBeVisible();
  await expect(card(page, "/States/Settle").locator(".state")).not.toHaveAttribute("data-problem", "error");
  await picture(page, "workflow-edit-9-map");
  await card(page, `${lane}#lane`).hover({ position: { x: 20, y: 10 } });
  await page.getByRole("button", { name: "Remove branch 3 of Settle" }).click();
  await expect(card(page, `${lane}#lane`)).toBeHidden();
  await expect.poll(() => studio.read(file)).toBe(definition);

  // the plus on a way
  await page.getByRole("button", { name: "Add a state between Validate and InStock" }).click();
  await picture(page, "workflow-edit-10-quick-add", { isMoving: true });
  await page.keyboard.type("choice");
  await page.keyboard.press("Enter");
  await expect(card(page, "/States/Choice")).toBeVisible();
  await expect.poll(() => studio.read(file)).toContain('"Default": "InStock"');
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => studio.read(file)).toBe(definition);

  // a line let go in the open asks what shall stand there
  await card(page, "/States/Settle").click({ position: { x: 60, y: 20 } });
  const port = await middleOf(card(page, "/States/Settle").locator("[data-connect='catch']"));
  await drag(page, port, { x: port.x + 40, y: port.y + 130 });
  await page.mouse.up();
  await page.keyboard.type("fail");
  await page.keyboard.press("Enter");
  await expect(card(page, "/States/Fail")).toBeVisible();
  await expect.poll(() => studio.read(file)).toContain('"Next": "Fail"');

  // from the menu: where it starts
  await card(page, "/States/InStock").click({ button: "right" });
  await picture(page, "workflow-edit-11-menu", { isMoving: true });
  await page.getByRole("menuitem", { name: "Start the workflow here" }).click();
  await expect.poll(() => studio.read(file)).toContain('"StartAt": "InStock"');
  await expect(card(page, "/States/Validate").locator(".state")).toHaveAttribute("data-problem", "error");
  await picture(page, "workflow-edit-12-not-reached");
  const { violations } = await new AxeBuilder({ page }).exclude(".monaco-editor").analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)).toEqual([]);
  expect(studio.complaints).toEqual([]);
});
