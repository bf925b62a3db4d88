// The selected state of a workflow: tested alone with the data shown on its way, and edited in its form.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { fieldsOf, stateFields } from "../../src/model/asl/complete/stateFields.ts";
import { card, chooseTarget, command, expect, picture, replaceText, runStatus, sendButton, test } from "./support.ts";
import { shippingTemplate } from "./workflowProject.ts";

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

const batch = `# Prices of a night
QueryLanguage: JSONata
StartAt: Decide
States:
  Decide:
    Type: Choice
    Choices:
      - Condition: "{% $count($states.input.orders) > 1000 %}"
        Next: Each
    Default: Pause
  Pause:
    Type: Wait
    Seconds: "{% $states.input.pause %}"
    Next: Each
  Each: # many at once
    Type: Map
    Items: "{% $states.input.orders %}"
    ItemProcessor:
      ProcessorConfig: { Mode: DISTRIBUTED, ExecutionType: EXPRESS }
      StartAt: Price
      States:
        Price:
          Type: Pass
          End: true
    ItemBatcher:
      MaxItemsPerBatch: 20
    ToleratedFailurePercentage: 5
    Colour: blue
    End: true
`;

test.use({
  example: null,
  files: {
    "template.yaml": shippingTemplate("Fulfilment", "Pricing"),
    "statemachines/fulfilment.asl.json": `${JSON.stringify(fulfilment, null, 2)}\n`,
    "statemachines/pricing.asl.json": `${JSON.stringify(pricing, null, 2)}\n`,
    "src/ship.mjs": "export const handler = async (event) => ({ shipped: event.id, by: event.carrier });\n",
  },
});

async function openState(page: Page, machine: string, state: string): Promise<void> {
  await expect(runStatus(page)).toContainText(/Running|Deploy failed/);
  await command(page, `Open the workflow of ${machine}`);
  // a container holds other cards in its middle
  await card(page, `/States/${state}`).click({ position: { x: 40, y: 14 } });
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

test("a call is chosen from the design, with what it needs; its pattern too", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await openState(page, "Fulfilment", "Ship");
  const form = inspector(page);
  await form.getByRole("button", { name: "What it calls: Ship" }).click();
  await page.getByRole("textbox", { name: "Find what to call" }).fill("ship lambda");
  await picture(page, "workflow-form-picker");
  await page.getByRole("button", { name: "Ship Lambda Invoke" }).click();
  await expect(form.getByRole("textbox", { name: "Resource" })).toHaveValue("arn:aws:states:::lambda:invoke");
  await form.getByRole("combobox", { name: "Pattern" }).click();
  await page.getByRole("option", { name: "Waits for a token" }).click();
  await expect(async () => {
    const { Ship } = (await definitionOf(studio, "fulfilment")).States;
    expect(Ship).toMatchObject({
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Parameters: { FunctionName: "${ShipArn}", "Payload.$": "$" },
    });
  }).toPass();
  expect(studio.complaints).toEqual([]);
});

test("paths come from the last execution, functions with their signature; problems stand at their field", async ({ studio }) => {
  const { page } = studio;
  await page.setViewportSize({ width: 1440, height: 1200 });
  await studio.open();
  await openState(page, "Pricing", "Price");
  await chooseTarget(page, "Pricing");
  await replaceText(page, "Input", '{"id":"p-1","basket":{"total":12}}');
  await sendButton(page).click();
  // its Assign reads a variable that nothing has set
  await page.getByRole("tab", { name: "Test state" }).click();
  await expect(page.getByRole("tabpanel", { name: "Input", exact: true })).toContainText("basket");

  const form = inspector(page);
  const timeout = form.getByRole("combobox", { name: "TimeoutSeconds" });
  await timeout.fill("{% $states.input.");
  const suggestions = page.getByRole("listbox", { name: "Suggestions for TimeoutSeconds" });
  await expect(suggestions.getByRole("option", { name: "basket" })).toBeVisible();
  await timeout.pressSequentially("ba");
  await page.keyboard.press("Tab");
  await timeout.pressSequentially(".");
  await expect(suggestions.getByRole("option", { name: /total/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(timeout).toHaveValue("{% $states.input.basket.total");
  await page.keyboard.press("Enter");
  await expect(timeout).toHaveValue("{% $states.input.basket.total %}");
  await timeout.fill("{% $floo");
  await expect(page.getByText("$floor(number)")).toBeVisible();
  await picture(page, "workflow-form-completion", { isMoving: true });
  await page.keyboard.press("Enter");
  await timeout.pressSequentially("$states.input.basket.total)");
  await page.keyboard.press("Enter");
  await expect(timeout).toHaveValue("{% $floor($states.input.basket.total) %}");
  await timeout.fill("1.5");
  await page.keyboard.press("Enter");
  await expect(form.getByText("Expected value of type Integer")).toBeVisible();

  await replaceText(page, "Output", '{ "parcel": "{% $states.result.');
  await page.keyboard.type("sh");
  await expect(page.locator(".suggest-widget")).toContainText("shipped");
  expect(studio.complaints).toEqual([]);
});

test("the text beside completes what the form does", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await openState(page, "Fulfilment", "Validate");
  await inspector(page).getByRole("button", { name: "Show in the text" }).click();
  const suggested = page.locator(".suggest-widget");
  await page.getByText('"Pass"').first().click();
  await page.keyboard.press("End");
  await page.keyboard.type(' "Resu');
  await expect(suggested).toContainText("ResultPath");
  await picture(page, "workflow-text-completion", { isMoving: true });
  await page.keyboard.type("ltP");
  await page.keyboard.press("Enter");
  await page.keyboard.type('": "$.made",');
  await expect(page.locator(".view-lines").first()).toContainText('"ResultPath": "$.made"');
  expect(studio.complaints).toEqual([]);
});

test.describe("Of a definition that AWS refuses", () => {
  test.use({
    files: {
      "template.yaml": `Transform: AWS::Serverless-2016-10-31
Resources:
  Batch:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: statemachines/batch.asl.yaml
`,
      "statemachines/batch.asl.yaml": batch,
    },
  });

  test("a map in YAML keeps its comments; expressions, inner objects and unknown fields stand in its form", async ({ studio }) => {
    const { page } = studio;
    await page.setViewportSize({ width: 1440, height: 1200 });
    await studio.open();
    await openState(page, "Batch", "Each");
    const form = inspector(page);
    await expect(form.getByRole("switch", { name: "Distributed" })).toBeChecked();
    await expect(form.getByRole("heading", { name: "Other fields" })).toBeVisible();
    await picture(page, "workflow-form-map", { isMoving: true });
    await form.getByRole("combobox", { name: "MaxItemsPerBatch" }).fill("50");
    await page.keyboard.press("Enter");
    await form.getByRole("combobox", { name: "MaxConcurrency" }).fill("$states.input.atOnce");
    await page.keyboard.press("Enter");
    const expected = batch
      .replace("MaxItemsPerBatch: 20", "MaxItemsPerBatch: 50")
      .replace("    End: true\n", (end) => end)
      .replace("Colour: blue\n    End: true\n", 'Colour: blue\n    End: true\n    MaxConcurrency: "{% $states.input.atOnce %}"\n');
    await expect.poll(() => studio.read("statemachines/batch.asl.yaml")).toBe(expected);
    await card(page, "/States/Decide").click();
    await picture(page, "workflow-form-condition", { isMoving: true });
    await page.keyboard.press("t");
    const dock = page.getByRole("region", { name: "Dock" });
    await expect(dock.getByText("The design is not running")).toBeVisible();
    await expect(dock.getByRole("button", { name: "Run", exact: true })).toBeVisible();
    expect(studio.complaints).toEqual([]);
  });
});

/** One state of each type, in both languages; each reaches the next. */
const everyType = {
  StartAt: "Task",
  States: {
    Task: { Type: "Task", Resource: "${ShipArn}", Next: "Choice" },
    Choice: { Type: "Choice", Choices: [{ Variable: "$.a", IsPresent: true, Next: "Wait" }], Default: "Fail" },
    Wait: { Type: "Wait", SecondsPath: "$.pause", Next: "Pass" },
    Pass: { Type: "Pass", Result: { fixed: true }, Next: "Parallel" },
    Parallel: {
      Type: "Parallel",
      Branches: [
        { StartAt: "Left", States: { Left: { Type: "Pass", End: true } } },
        { StartAt: "Right", States: { Right: { Type: "Pass", End: true } } },
      ],
      ResultPath: "$.both",
      Next: "Map",
    },
    Map: {
      Type: "Map",
      QueryLanguage: "JSONata",
      Items: "{% $states.input.list %}",
      ItemProcessor: { StartAt: "Item", States: { Item: { Type: "Pass", End: true } } },
      Output: "{% $count($states.result) %}",
      Next: "Succeed",
    },
    Succeed: { Type: "Succeed" },
    Fail: { Type: "Fail", ErrorPath: "$.error", Cause: "No a." },
  },
};

test.describe("Of every type", () => {
  test.use({
    files: {
      "template.yaml": shippingTemplate("Fulfilment", "Pricing"),
      "statemachines/fulfilment.asl.json": JSON.stringify(everyType, null, 2),
      "statemachines/pricing.asl.json": JSON.stringify(pricing, null, 2),
      "src/ship.mjs": "export const handler = async (event) => event;\n",
    },
  });

  test("each field of the state's language has its control, which a screen reader can name", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await page.setViewportSize({ width: 1440, height: 1300 });
    await openState(page, "Fulfilment", "Task");
    // only what is in view is drawn
    await page.getByRole("button", { name: "Fit everything" }).click();
    const form = inspector(page);
    // drawn by another name, or by several controls
    const others: Readonly<Record<string, string>> = {
      ItemProcessor: "Distributed",
      Choices: "Add a rule",
      Retry: "Add a retry",
      Catch: "Add a catch",
    };
    const elsewhere = ["Type", "End", "Branches", "Seconds", "Timestamp"];
    for (const [name, state] of Object.entries(everyType.States)) {
      await card(page, `/States/${name}`).click({ position: { x: 30, y: 8 } });
      await expect(form.getByRole("heading", { name, exact: true, level: 2 })).toBeVisible();
      const language = "QueryLanguage" in state ? "JSONata" : "JSONPath";
      const type = state.Type as keyof typeof stateFields;
      const fields = fieldsOf(stateFields[type], language).filter(
        (field) => !elsewhere.includes(field.name) && !/.Path$/.test(field.name.replace(/^(Input|Output|Result|Items)Path$/, "")),
      );
      for (const field of fields) {
        const label = others[field.name] ?? field.name;
        await expect(
          form
            .getByLabel(label, { exact: true })
            .or(form.getByRole("button", { name: label }))
            .first(),
          `${field.name} of ${name}`,
        ).toBeAttached();
      }
      if (!["Task", "Choice", "Map"].includes(name)) continue;
      const { violations } = await new AxeBuilder({ page }).include("aside[aria-label=Inspector]").analyze();
      expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    }
    await expect(form.getByRole("textbox", { name: "Resource" })).toHaveCount(0);
    expect(studio.complaints).toEqual([]);
  });

  test("a map and a parallel are tested with what their flows would give", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await openState(page, "Fulfilment", "Parallel");
    await page.keyboard.press("t");
    const dock = page.getByRole("region", { name: "Dock" });
    await replaceText(page, "Mocked result", '[{"left":1},{"right":2}]');
    await dock.getByRole("tab", { name: "Input", exact: true }).click();
    await replaceText(page, "Input of the test", '{"list":[1,2]}');
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(step(page, "ResultPath")).toContainText('"both"');
    await dock.getByRole("button", { name: "Next: Map" }).click();
    await expect(dock.getByText("As if its items gave the mocked result")).toBeVisible();
    await dock.getByRole("button", { name: "Test", exact: true }).click();
    await expect(step(page, "Output")).toContainText("2");
    await picture(page, "workflow-test-map");
    const { violations } = await new AxeBuilder({ page }).include("section[aria-label=Dock]").analyze();
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ""}`)).toEqual([]);
    expect(studio.complaints).toEqual([]);
  });
});
