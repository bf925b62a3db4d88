// Ways through a workflow that are taken less often: tokens answered, redrives refused, back-offs skipped, ways led elsewhere, copies drawn.
import type { Locator, Page } from "@playwright/test";
import { card, command, dockTab, expect, picture, replaceText, runStatus, test, textOf, type Studio } from "./support.ts";
import { drag, middleOf } from "./workflowProject.ts";

const template = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Order:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: order.asl.json
      DefinitionSubstitutions:
        ChargeArn: !GetAtt Charge.Arn
        QueueUrl: !Ref Approvals
  Quote:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionUri: quote.asl.json
  Approvals:
    Type: AWS::SQS::Queue
  Charge:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: charge.handler
      CodeUri: src/
`;

const order = `{
  "StartAt": "Check",
  "States": {
    "Check": {
      "Type": "Choice",
      "Choices": [{ "Variable": "$.total", "NumericGreaterThan": 0, "Next": "Charge" }],
      "Default": "Refuse"
    },
    "Refuse": { "Type": "Fail", "Error": "NoTotal", "Cause": "Nothing to pay." },
    "Charge": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": { "FunctionName": "\${ChargeArn}", "Payload": { "total.$": "$.total", "tries.$": "$$.State.RetryCount" } },
      "Retry": [{ "ErrorEquals": ["GatewayBusy"], "IntervalSeconds": 1800, "MaxAttempts": 2 }],
      "ResultPath": "$.charge",
      "Next": "Approve"
    },
    "Approve": {
      "Type": "Task",
      "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      "Parameters": { "QueueUrl": "\${QueueUrl}", "MessageBody": { "token.$": "$$.Task.Token" } },
      "ResultPath": "$.approval",
      "Next": "Ship"
    },
    "Ship": { "Type": "Pass", "End": true }
  }
}
`;

const quote = { StartAt: "Price", States: { Price: { Type: "Fail", Error: "NoPrice", Cause: "There is none." } } };

test.use({
  example: null,
  files: {
    "template.yaml": template,
    "order.asl.json": order,
    "quote.asl.json": JSON.stringify(quote, null, 2),
    "src/charge.mjs": `export const handler = async ({ total, tries }) => {
  if (tries === 0) throw Object.assign(new Error("The gateway is busy"), { name: "GatewayBusy" });
  return { paid: total, tries: tries + 1 };
};
`,
  },
});

async function openWorkflow(studio: Studio, machine: string, first: string): Promise<void> {
  await studio.open();
  await expect(runStatus(studio.page)).toContainText("Running");
  await command(studio.page, `Open the workflow of ${machine}`);
  await expect(card(studio.page, `/States/${first}`)).toBeVisible();
}

async function watch(studio: Studio, machine: string, first: string): Promise<Locator> {
  const { page } = studio;
  await openWorkflow(studio, machine, first);
  await page.getByRole("button", { name: "Executions" }).click();
  await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Fit everything" }).click();
  return page.getByRole("region", { name: "Dock" });
}

async function start(page: Page, input: string, name?: string): Promise<void> {
  await page.getByRole("region", { name: "Dock" }).getByRole("button", { name: "Start", exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (name !== undefined) await dialog.getByRole("textbox", { name: "Name of the execution" }).fill(name);
  await replaceText(page, "Input of the execution", input);
  await dialog.getByRole("button", { name: /^Start/ }).click();
  await expect(dialog).toBeHidden();
}

const outcome = (page: Page, state: string): Locator => card(page, `/States/${state}`).locator(".state");

test("a back-off is skipped, a task token answered, and the Task leads into the function's trace and back", async ({ studio }) => {
  const { page } = studio;
  const dock = await watch(studio, "Order", "Check");
  await start(page, '{ "total": 84.50 }', "o-1");

  // half an hour before the next try
  await expect(card(page, "/States/Charge")).toContainText(/in (30 m|29 m \d+ s)/);
  await picture(page, "paths-retry");
  await card(page, "/States/Charge").getByRole("button", { name: "Skip the wait of Charge" }).click();
  await expect(outcome(page, "Charge")).toHaveAttribute("data-outcome", "ok");

  // somebody outside holds the token: the Studio answers in their place
  await expect(outcome(page, "Approve")).toHaveAttribute("data-outcome", "running");
  await card(page, "/States/Approve").getByRole("button", { name: "Answer Approve" }).click();
  await dock.getByRole("option", { name: /Approve/ }).click();
  await picture(page, "paths-answer");
  await replaceText(page, "Output of the task", '{ "by": "Ada" }');
  await dock.getByRole("button", { name: "Send success" }).click();
  await expect(outcome(page, "Ship")).toHaveAttribute("data-outcome", "ok");
  await expect(dock.getByText('"Ada"').first()).toBeVisible();

  // from the second try into its invocation, and back
  await dock.getByRole("option", { name: /Charge, attempt 2/ }).click();
  await dock.getByRole("button", { name: "Its call in the trace" }).click();
  await expect(dockTab(page, "Timeline")).toHaveAttribute("aria-selected", "true");
  await expect(dock.getByRole("treeitem", { selected: true })).toContainText("Charge");
  await picture(page, "paths-trace");
  await dock.getByRole("button", { name: /Its event in execution o-1/ }).click();
  await expect(dock.getByRole("listbox", { name: "Steps" }).getByRole("option", { selected: true })).toContainText("Charge, attempt 2");
  expect(studio.complaints).toEqual([]);
});

test("an execution is started again with its input changed, and the two are compared", async ({ studio }) => {
  const { page } = studio;
  const dock = await watch(studio, "Order", "Check");
  await start(page, '{ "total": 0, "rate": 1.0 }', "nothing");
  await expect(outcome(page, "Refuse")).toHaveAttribute("data-outcome", "failed");
  await expect(dock.getByRole("tree", { name: /Input/ }).getByText("1.0")).toBeVisible();

  await dock.getByRole("button", { name: "Start another with this input" }).click();
  const dialog = page.getByRole("dialog");
  // as it was given, number for number
  expect(await textOf(page, "Input of the execution")).toBe('{\n  "total": 0,\n  "rate": 1.0\n}');
  await replaceText(page, "Input of the execution", '{ "total": 5, "total": 6 }');
  await expect(dialog.getByText("Duplicate field 'total' in line 1, column 24.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^Start/ })).toBeDisabled();
  await picture(page, "paths-start-again");
  await replaceText(page, "Input of the execution", '{ "total": 5, "rate": 1.0 }');
  await dialog.getByRole("textbox", { name: "Name of the execution" }).fill("five");
  await dialog.getByRole("button", { name: /^Start/ }).click();
  await expect(dialog).toBeHidden();
  await expect(card(page, "/States/Charge")).toContainText(/in (30 m|29 m \d+ s)/);

  await dock.getByRole("button", { name: "Compare with another execution" }).click();
  await page.getByRole("menuitem", { name: /nothing/ }).click();
  await expect(dock.getByText(/Parted after Check: this one went to Charge, the other went to Refuse/)).toBeVisible();
  await picture(page, "paths-compare");
  expect(studio.complaints).toEqual([]);
});

test("a redrive that cannot be says why", async ({ studio }) => {
  const { page } = studio;
  const dock = await watch(studio, "Quote", "Price");
  await start(page, "{}");
  await expect(outcome(page, "Price")).toHaveAttribute("data-outcome", "failed");
  const redrive = dock.getByRole("button", { name: "Redrive" });
  await expect(redrive).toHaveAttribute("aria-disabled", "true");
  // it may be pressed all the same: to be told why
  await redrive.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Express executions cannot be redriven. Start a new one with the same input.").first()).toBeVisible();
  await picture(page, "paths-no-redrive");
  expect(studio.complaints).toEqual([]);
});

test("the end of a way is led to another state, Alt-drag draws a copy, and undo reaches a file that was closed", async ({ studio }) => {
  const { page } = studio;
  await openWorkflow(studio, "Order", "Ship");
  await page.getByRole("button", { name: "Fit everything" }).click();

  // the rule's way is chosen by its words, and its end dragged to Approve
  await page.locator(".way-label", { hasText: "total > 0" }).click();
  const end = page.locator("[data-way-end]");
  await expect(end).toBeVisible();
  await drag(page, await middleOf(end), await middleOf(card(page, "/States/Approve")));
  await picture(page, "paths-redirecting", { isMoving: true });
  await page.mouse.up();
  await expect
    .poll(() => studio.read("order.asl.json"))
    .toBe(order.replace('"NumericGreaterThan": 0, "Next": "Charge"', '"NumericGreaterThan": 0, "Next": "Approve"'));
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => studio.read("order.asl.json")).toBe(order);

  // a copy of Ship between Charge and Approve
  await page.getByRole("button", { name: "Fit everything" }).click();
  const [charge, approve] = [await middleOf(card(page, "/States/Charge")), await middleOf(card(page, "/States/Approve"))];
  await page.keyboard.down("Alt");
  await drag(page, await middleOf(card(page, "/States/Ship")), { x: (charge.x + approve.x) / 2, y: (charge.y + approve.y) / 2 });
  await picture(page, "paths-copying", { isMoving: true });
  await page.mouse.up();
  await page.keyboard.up("Alt");
  await expect(card(page, "/States/Ship 2")).toBeVisible();
  await expect(card(page, "/States/Ship")).toBeVisible();
  await expect.poll(() => studio.read("order.asl.json")).toContain('"Next": "Ship 2"');

  // the text is opened and closed; undo finds the file all the same
  await page.getByRole("button", { name: "Text beside" }).click();
  await expect(page.getByRole("region", { name: "Right half" }).locator(".view-lines").first()).toContainText("StartAt");
  await page.getByRole("region", { name: "Right half" }).getByRole("button", { name: "Close the right half" }).click();
  await page.getByRole("tab", { name: /order\.asl\.json/ }).click();
  await page.keyboard.press("Alt+w");
  await expect(page.getByRole("tab", { name: /order\.asl\.json/ })).toHaveCount(0);
  await command(page, "Undo");
  await expect.poll(() => studio.read("order.asl.json")).toBe(order);
  expect(studio.complaints).toEqual([]);
});
