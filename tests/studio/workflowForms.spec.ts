// The selected state of a workflow: tested alone with the data shown on its way, and edited in its form.
import type { Page } from "@playwright/test";
import { card, command, expect, picture, replaceText, runStatus, test } from "./support.ts";

const template = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Fulfilment:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: statemachines/fulfilment.asl.json
      DefinitionSubstitutions:
        ShipArn: !GetAtt Ship.Arn
  Pricing:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: statemachines/pricing.asl.json
      DefinitionSubstitutions:
        ShipArn: !GetAtt Ship.Arn
  Ship:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: ship.handler
      CodeUri: src/
`;

const fulfilment = {
  StartAt: "Validate",
  States: {
    Validate: { Type: "Pass", Assign: { "customer.$": "$.customer" }, Next: "InStock" },
    InStock: {
      Type: "Choice",
      Choices: [{ Variable: "$.total", NumericGreaterThan: 0, Next: "Ship" }],
      Default: "SoldOut",
    },
    SoldOut: { Type: "Fail", Error: "SoldOut", Cause: "Nothing left." },
    Ship: {
      Type: "Task",
      Resource: "${ShipArn}",
      InputPath: "$.order",
      Parameters: { "id.$": "$.orderId", carrier: "van" },
      ResultSelector: { "parcel.$": "$.shipped" },
      ResultPath: "$.shipment",
      Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 2, MaxAttempts: 3 }],
      Catch: [{ ErrorEquals: ["States.ALL"], ResultPath: "$.problem", Next: "Refund" }],
      End: true,
    },
    Refund: { Type: "Pass", End: true },
  },
};

const pricing = {
  QueryLanguage: "JSONata",
  StartAt: "Price",
  States: {
    Price: {
      Type: "Task",
      Resource: "${ShipArn}",
      Arguments: { id: "{% $states.input.id %}" },
      Output: { parcel: "{% $states.result.shipped %}" },
      Assign: { tries: "{% $tries + 1 %}" },
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};

test.use({
  example: null,
  files: {
    "template.yaml": template,
    "statemachines/fulfilment.asl.json": `${JSON.stringify(fulfilment, null, 2)}\n`,
    "statemachines/pricing.asl.json": `${JSON.stringify(pricing, null, 2)}\n`,
    "src/ship.mjs": "export const handler = async (event) => ({ shipped: event.id, by: event.carrier });\n",
  },
});

async function openState(page: Page, machine: string, state: string): Promise<void> {
  await expect(runStatus(page)).toContainText("Running");
  await command(page, `Open the workflow of ${machine}`);
  await card(page, `/States/${state}`).click();
}

const inspector = (page: Page) => page.getByRole("complementary", { name: "Inspector" });
const step = (page: Page, name: string) => page.getByRole("tree", { name, exact: true });

test("a task is tested for real, and each field shows what it made of the data", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await openState(page, "Fulfilment", "Ship");
  await inspector(page).getByRole("button", { name: "Test", exact: true }).click();
  const dock = page.getByRole("region", { name: "Dock" });
  await replaceText(page, "Input of the test", '{"order":{"orderId":"o-7","lines":2},"total":84}');
  await dock.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dock.getByText("Succeeded")).toBeVisible();
  await expect(step(page, "InputPath")).toContainText('"orderId": "o-7"');
  await expect(step(page, "Parameters")).toContainText('"carrier": "van"');
  await expect(step(page, "Result")).toContainText('"shipped": "o-7"');
  await expect(step(page, "ResultSelector")).toContainText('"parcel": "o-7"');
  await expect(step(page, "ResultPath")).toContainText('"shipment"');
  await picture(page, "workflow-test");
  expect(studio.complaints).toEqual([]);
});

test("a mocked error shows the retry, try by try, and then who catches it", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await openState(page, "Fulfilment", "Ship");
  await inspector(page).getByRole("button", { name: "Test", exact: true }).click();
  const dock = page.getByRole("region", { name: "Dock" });
  await dock.getByRole("tab", { name: "Mock" }).click();
  await dock.getByRole("radio", { name: "Error" }).click();
  await dock.getByRole("textbox", { name: "Error" }).fill("Busy");
  await dock.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dock.getByText("Would try again")).toBeVisible();
  await expect(dock.getByText("try 2 after 2 s")).toBeVisible();
  await picture(page, "workflow-test-retry");
  await dock.getByRole("button", { name: "Test the next try" }).click();
  await expect(dock.getByText("try 3 after 4 s")).toBeVisible();
  await dock.getByRole("textbox", { name: "Error" }).fill("Declined");
  await dock.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dock.getByText("Caught")).toBeVisible();
  await dock.getByRole("button", { name: "Next: Refund" }).click();
  await expect(inspector(page).getByRole("heading", { name: "Refund" })).toBeVisible();
  expect(studio.complaints).toEqual([]);
});

test("variables stand before and after; what cannot be tested says why", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await openState(page, "Pricing", "Price");
  await inspector(page).getByRole("button", { name: "Test", exact: true }).click();
  const dock = page.getByRole("region", { name: "Dock" });
  await dock.getByRole("tab", { name: "Variables" }).click();
  await replaceText(page, "Variables of the test", '{"tries": 1}');
  await dock.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dock.getByText("Succeeded")).toBeVisible();
  await expect(step(page, "Variables before and after")).toContainText("2");
  await picture(page, "workflow-test-variables");
  await replaceText(page, "Variables of the test", '{"tries": ');
  await dock.getByRole("button", { name: "Test", exact: true }).click();
  await expect(dock.getByRole("alert")).toContainText("The variables are no JSON");
  expect(studio.complaints).toEqual([]);
});

const definitionOf = async (studio: { read(file: string): Promise<string> }, machine: string) =>
  JSON.parse(await studio.read(`statemachines/${machine}.asl.json`)) as { States: Record<string, Record<string, unknown>> };

test("every field of a task stands in its form, and what is changed there is written", async ({ studio }) => {
  const { page } = studio;
  await page.setViewportSize({ width: 1440, height: 1400 });
  await studio.open();
  await openState(page, "Fulfilment", "Ship");
  const form = inspector(page);
  await expect(form.getByRole("button", { name: "What it calls: Ship" })).toBeVisible();
  await expect(form.getByRole("combobox", { name: "InputPath" })).toHaveValue("$.order");
  await expect(form.getByRole("img", { name: "3 retries with pauses of 2 s, 4 s, 8 s" })).toBeVisible();
  await picture(page, "workflow-form-task");

  await form.getByRole("combobox", { name: "TimeoutSeconds" }).fill("30");
  await page.keyboard.press("Enter");
  await form.getByRole("combobox", { name: "HeartbeatSeconds" }).fill("$.heartbeat");
  await page.keyboard.press("Enter");
  const retry = form.getByRole("region", { name: "Retry 1" });
  await retry.getByRole("combobox", { name: "MaxAttempts" }).fill("5");
  await page.keyboard.press("Enter");
  await expect(form.getByRole("img", { name: "5 retries with pauses of 2 s, 4 s, 8 s, 16 s, 32 s" })).toBeVisible();
  await expect(form.getByRole("combobox", { name: "HeartbeatSeconds" })).toHaveValue("$.heartbeat");
  await command(page, "Undo");
  await expect(form.getByRole("img", { name: "3 retries with pauses of 2 s, 4 s, 8 s" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(async () => {
    const { Ship } = (await definitionOf(studio, "fulfilment")).States;
    expect(Ship).toMatchObject({ TimeoutSeconds: 30, HeartbeatSecondsPath: "$.heartbeat" });
  }).toPass();
  expect(studio.complaints).toEqual([]);
});

test("a rule of a choice is built from operators; in JSONata it is an expression", async ({ studio }) => {
  const { page } = studio;
  await page.setViewportSize({ width: 1440, height: 1100 });
  await studio.open();
  await openState(page, "Fulfilment", "InStock");
  const rule = inspector(page).getByRole("region", { name: "Rule 1" });
  await rule.getByRole("combobox", { name: "Kind of condition of Rule 1" }).click();
  await page.getByRole("option", { name: "All of" }).click();
  await expect(rule.getByRole("combobox", { name: "Variable of Rule 1.1" })).toHaveValue("$.total");
  await rule.getByRole("combobox", { name: "Operator of Rule 1.2" }).click();
  await page.getByRole("option", { name: "text like" }).click();
  await rule.getByRole("combobox", { name: "Operand of Rule 1.2" }).fill("van*");
  await page.keyboard.press("Enter");
  await expect(rule.getByRole("heading")).toHaveText('1. total > 0 and value like "van*"');
  await picture(page, "workflow-form-choice");
  expect(studio.complaints).toEqual([]);
});
