// Executions laid over their workflow: started, watched event by event, waited for, answered, redriven and compared.
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { card, command, dockTab, expect, picture, replaceText, runStatus, test, type Studio } from "./support.ts";

const template = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Resources:
  Fulfilment:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: statemachines/fulfilment.asl.json
      DefinitionSubstitutions:
        ChargeArn: !GetAtt Charge.Arn
        ReserveArn: !GetAtt Reserve.Arn
        ApproveArn: !Ref Approve
  Import:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionUri: statemachines/import.asl.json
  Quote:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionUri: statemachines/quote.asl.json
  Approve:
    Type: AWS::StepFunctions::Activity
    Properties:
      Name: approve
  Charge:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: charge.handler
      CodeUri: src/
  Reserve:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: reserve.handler
      CodeUri: src/
`;

const fulfilment = {
  QueryLanguage: "JSONata",
  StartAt: "Validate",
  States: {
    Validate: { Type: "Pass", Assign: { total: "{% $states.input.total %}", owner: "Ada" }, Next: "InStock" },
    InStock: { Type: "Choice", Choices: [{ Condition: "{% $total > 0 %}", Next: "Settle" }], Default: "SoldOut" },
    SoldOut: { Type: "Fail", Error: "SoldOut", Cause: "Nothing left." },
    Settle: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "Charge",
          States: {
            Charge: {
              Type: "Task",
              Resource: "${ChargeArn}",
              Arguments: { amount: "{% $total * 100 %}", tries: "{% $states.context.State.RetryCount %}" },
              Retry: [{ ErrorEquals: ["GatewayBusy"], IntervalSeconds: 1, MaxAttempts: 2 }],
              End: true,
            },
          },
        },
        { StartAt: "Reserve", States: { Reserve: { Type: "Task", Resource: "${ReserveArn}", End: true } } },
      ],
      Assign: { settled: true },
      Output: "{% $states.input %}",
      Next: "Pack",
    },
    Pack: {
      Type: "Map",
      Items: "{% $states.input.lines %}",
      ItemProcessor: { StartAt: "PackLine", States: { PackLine: { Type: "Pass", End: true } } },
      Next: "CoolingOff",
    },
    CoolingOff: { Type: "Wait", Seconds: 3600, Next: "Approve" },
    Approve: { Type: "Task", Resource: "${ApproveArn}", TimeoutSeconds: 86400, HeartbeatSeconds: 3600, Next: "Ship" },
    Ship: { Type: "Pass", End: true },
  },
};

const imports = {
  StartAt: "Rows",
  States: {
    Rows: {
      Type: "Map",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Check",
        States: {
          Check: { Type: "Choice", Choices: [{ Variable: "$.bad", BooleanEquals: true, Next: "Refuse" }], Default: "Store" },
          Refuse: { Type: "Fail", Error: "BadRow", Cause: "The row has no name." },
          Store: { Type: "Pass", End: true },
        },
      },
      ToleratedFailureCount: 1,
      MaxConcurrency: 2,
      End: true,
    },
  },
};

const quote = { StartAt: "Price", States: { Price: { Type: "Pass", Result: { price: 42 }, End: true } } };

test.use({
  example: null,
  files: {
    "template.yaml": template,
    "statemachines/fulfilment.asl.json": JSON.stringify(fulfilment, null, 2),
    "statemachines/import.asl.json": JSON.stringify(imports, null, 2),
    "statemachines/quote.asl.json": JSON.stringify(quote, null, 2),
    "src/charge.mjs": `export const handler = async ({ amount, tries }) => {
  if (tries === 0) throw Object.assign(new Error("The gateway is busy"), { name: "GatewayBusy" });
  return { id: "pay_91c", amount, attempt: tries + 1 };
};
`,
    "src/reserve.mjs": "export const handler = async ({ total }) => ({ reserved: true, total });\n",
  },
});

async function watch(studio: Studio, machine: string): Promise<Locator> {
  const { page } = studio;
  await studio.open();
  await expect(runStatus(page)).toContainText("Running");
  await command(page, `Open the workflow of ${machine}`);
  await page.getByRole("button", { name: "Executions" }).click();
  await expect(page.getByRole("button", { name: "Start", exact: true })).toBeVisible();
  await fit(page);
  return page.getByRole("region", { name: "Dock" });
}

/** Only what is in view is drawn. */
async function fit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Fit everything" }).click();
}

async function start(page: Page, input: unknown, { name }: { name?: string } = {}): Promise<void> {
  await page.getByRole("region", { name: "Dock" }).getByRole("button", { name: "Start", exact: true }).click();
  const dialog = page.getByRole("dialog");
  if (name !== undefined) await dialog.getByRole("textbox", { name: "Name of the execution" }).fill(name);
  await replaceText(page, "Input of the execution", JSON.stringify(input));
  await dialog.getByRole("button", { name: /^Start/ }).click();
  await expect(dialog).toBeHidden();
}

/** The dock, and the cards with what is laid over them. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include('section[aria-label="Dock"]')
    .include(".workflow-area")
    .exclude(".monaco-editor")
    .analyze();
  const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${failureSummary} at ${html}`));
  expect(told).toEqual([]);
}

const outcome = (page: Page, id: string) => card(page, id).locator(".state");
const settle = "/States/Settle/Branches";

test("an execution is watched from its start over a wait and an open task to its end, and into the trace and back", async ({ studio }) => {
  const { page } = studio;
  const dock = await watch(studio, "Fulfilment");
  await start(page, { orderId: "o-7f3a91", total: 84.5, lines: ["cup", "plate", "bowl"] }, { name: "o-7f3a91" });

  // live on the canvas: outcomes, attempts, items, and the time that is left
  await expect(outcome(page, "/States/CoolingOff")).toHaveAttribute("data-outcome", "running");
  await expect(card(page, "/States/CoolingOff")).toContainText(/(1 h|59 m \d+ s) left/);
  await expect(outcome(page, `${settle}[0]/States/Charge`)).toHaveAttribute("data-outcome", "ok");
  await expect(outcome(page, "/States/SoldOut")).toHaveAttribute("data-outcome", "none");
  await expect(card(page, "/States/Pack")).toContainText("3/3");
  await expect(card(page, "/States/Pack/ItemProcessor/States/PackLine")).toContainText("3×");

  // the steps, with each attempt; input, arguments, result and variables of the second one
  const steps = dock.getByRole("listbox", { name: "Steps" });
  await expect(steps.getByRole("option", { name: /Charge, attempt 1.*GatewayBusy/ })).toBeVisible();
  await steps.getByRole("option", { name: /Charge, attempt 2/ }).click();
  await expect(dock.getByText('"pay_91c"').first()).toBeVisible();
  await expect(dock.getByRole("region", { name: "Arguments" })).toContainText("8450");
  await picture(page, "watching-data");
  await dock.getByRole("tab", { name: "Variables" }).click();
  await expect(dock.getByText('"Ada"')).toBeVisible();
  await expect(card(page, `${settle}[0]/States/Charge`).locator(".state")).toHaveAttribute("data-selected", "true");
  await picture(page, "watching-steps");

  // exactly the call of this attempt, and back to its event
  await dock.getByRole("button", { name: "Its call in the trace" }).click();
  await expect(dockTab(page, "Timeline")).toHaveAttribute("aria-selected", "true");
  const hop = dock.getByRole("treeitem", { selected: true });
  await expect(hop).toContainText("Charge");
  await expect(hop).toContainText("try 2");
  await dock.getByRole("button", { name: /Its event in execution o-7f3a91/ }).click();
  await expect(dockTab(page, "Execution")).toHaveAttribute("aria-selected", "true");
  await expect(steps.getByRole("option", { selected: true })).toContainText("Charge, attempt 2");

  // the hour takes a click
  await dock.getByRole("button", { name: /^Skip CoolingOff/ }).click();
  await expect(outcome(page, "/States/CoolingOff")).toHaveAttribute("data-outcome", "ok");

  // the task that waits for somebody outside is answered here
  await fit(page);
  await card(page, "/States/Approve").getByRole("button", { name: "Answer Approve" }).click();
  await expect(dock.getByRole("form", { name: "Answer Approve" })).toBeVisible();
  await expectAccessible(page);
  await picture(page, "watching-answer");
  await dock.getByRole("button", { name: "Send heartbeat" }).click();
  await expect(page.getByText("Heartbeat sent for Approve")).toBeVisible();
  await replaceText(page, "Output of the task", '{"approvedBy":"Grace"}');
  await dock.getByRole("button", { name: "Send success" }).click();
  await fit(page);
  await expect(outcome(page, "/States/Ship")).toHaveAttribute("data-outcome", "ok");
  await expect(dock.getByText('"Grace"').first()).toBeVisible();

  // every event in rows that filter and sort, and the states over time
  await dock.getByRole("button", { name: "Events" }).click();
  const events = dock.getByRole("grid", { name: "Events" });
  await dock.getByRole("textbox", { name: "Filter events" }).fill("lambda function failed");
  await expect(events.getByRole("row")).toHaveCount(2);
  await expect(events).toContainText("GatewayBusy");
  await dock.getByRole("textbox", { name: "Filter events" }).fill("");
  await events.getByRole("button", { name: "Id" }).click();
  await expect(events.getByRole("row").nth(1)).toContainText("Execution succeeded");
  await picture(page, "watching-events");
  await dock.getByRole("button", { name: "Timeline", exact: true }).click();
  await expect(dock.getByRole("listbox", { name: "Timeline of the states" }).getByRole("option", { name: /CoolingOff/ })).toContainText(
    "1 h",
  );
  await picture(page, "watching-timeline");
  await expectAccessible(page);
  expect(studio.complaints).toEqual([]);
});

test("what else becomes due is said before a wait is skipped", async ({ studio }) => {
  const { page } = studio;
  const dock = await watch(studio, "Fulfilment");
  await start(page, { total: 1, lines: [] }, { name: "first" });
  await expect(outcome(page, "/States/CoolingOff")).toHaveAttribute("data-outcome", "running");
  await start(page, { total: 2, lines: [] }, { name: "second" });
  await expect(dock.getByRole("option", { name: /second/ })).toContainText("waiting");
  await card(page, "/States/CoolingOff").getByRole("button", { name: "Skip the wait of CoolingOff" }).click();
  const told = page.getByRole("dialog").filter({ hasText: "This becomes due on the way" });
  await expect(told).toContainText("CoolingOff");
  await picture(page, "watching-skip", { isMoving: true });
  await told.getByRole("button", { name: /^Skip/ }).click();
  await expect(outcome(page, "/States/Approve")).toHaveAttribute("data-outcome", "running");
  await dock.getByRole("option", { name: /first/ }).click();
  await expect(outcome(page, "/States/Approve")).toHaveAttribute("data-outcome", "running");

  // and the worker's refusal is a failure like any
  await dock.getByRole("option", { name: /Approve/ }).click();
  await expect(dock.getByRole("form", { name: "Answer Approve" })).toContainText("no worker has taken it");
  await dock.getByRole("combobox", { name: "Kind of answer" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "Failure" }).click();
  await dock.getByRole("textbox", { name: "Error" }).fill("Refused");
  await dock.getByRole("textbox", { name: "Cause" }).fill("Too dear.");
  await dock.getByRole("button", { name: "Send failure" }).click();
  await expect(outcome(page, "/States/Approve")).toHaveAttribute("data-outcome", "failed");
  await expect(dock.getByText("Too dear.").first()).toBeVisible();
  expect(studio.complaints).toEqual([]);
});

test("a distributed Map counts its items, and its child executions open over the same states", async ({ studio }) => {
  const { page } = studio;
  const dock = await watch(studio, "Import");
  await start(page, [{ bad: false }, { bad: true }, { bad: false }], { name: "rows" });
  await expect(card(page, "/States/Rows")).toContainText("2/3");
  await expect(card(page, "/States/Rows")).toContainText("1 failed");

  // in its lane the cards sum up what the children did, and a number lists them
  const lane = "/States/Rows/ItemProcessor/States";
  await expect(outcome(page, `${lane}/Refuse`)).toHaveAttribute("data-outcome", "failed");
  await expect(card(page, `${lane}/Check`).getByRole("button", { name: "3 succeeded in Check" })).toBeVisible();
  await expect(card(page, `${lane}/Store`).getByRole("button", { name: "2 succeeded in Store" })).toBeVisible();
  await picture(page, "watching-children");
  await card(page, `${lane}/Refuse`).getByRole("button", { name: "1 failed in Refuse" }).click();
  await expect(dock.getByRole("grid", { name: "Child executions" }).getByRole("row")).toHaveCount(2);
  await picture(page, "watching-children-failed");
  await dock.getByRole("button", { name: /failed in Refuse/ }).click();
  await expect(dock.getByRole("grid", { name: "Child executions" }).getByRole("row")).toHaveCount(4);
  await dock.getByRole("button", { name: "Back to the steps" }).click();

  await card(page, "/States/Rows").click({ position: { x: 40, y: 12 } });
  await dock.getByRole("button", { name: "Its child executions" }).click();
  const children = dock.getByRole("grid", { name: "Child executions" });
  await expect(children.getByRole("row")).toHaveCount(4);
  await expect(dock.getByText("3 items in 3 executions")).toBeVisible();
  await expectAccessible(page);
  await picture(page, "watching-map-run");
  await children.getByRole("row", { name: /BadRow/ }).click();
  await expect(outcome(page, "/States/Rows/ItemProcessor/States/Refuse")).toHaveAttribute("data-outcome", "failed");
  await expect(outcome(page, "/States/Rows/ItemProcessor/States/Store")).toHaveAttribute("data-outcome", "none");
  await dock.getByRole("button", { name: "rows", exact: true }).click();
  await expect(dock.getByRole("option", { name: /Rows, 2 of 3 items, 1 failed/ })).toBeVisible();
  expect(studio.complaints).toEqual([]);
});

test("a failed execution is redriven, one that runs is stopped, and two are compared", async ({ studio }) => {
  const { page } = studio;
  const dock = await watch(studio, "Fulfilment");
  await start(page, { total: 0, lines: [] }, { name: "none-left" });
  await expect(outcome(page, "/States/SoldOut")).toHaveAttribute("data-outcome", "failed");
  await dock.getByRole("button", { name: "Redrive" }).click();
  await expect(dock.getByText("redriven once")).toBeVisible();

  await start(page, { total: 5, lines: ["cup"] }, { name: "enough" });
  await expect(outcome(page, "/States/CoolingOff")).toHaveAttribute("data-outcome", "running");
  await dock.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop it" }).click();
  await expect(outcome(page, "/States/CoolingOff")).toHaveAttribute("data-outcome", "stopped");

  await dock.getByRole("button", { name: "Compare with another execution" }).click();
  await page.getByRole("menuitem", { name: /none-left/ }).click();
  await expect(dock.getByText("Parted after InStock: this one went to Settle, the other went to SoldOut.")).toBeVisible();
  await dock.getByRole("row", { name: /Validate/ }).click();
  await expect(dock.getByRole("tree", { name: "Difference in Validate" })).toBeVisible();
  await expectAccessible(page);
  await picture(page, "watching-compare");
  await dock.getByRole("button", { name: "End the comparison" }).click();
  await expect(dock.getByRole("listbox", { name: "Steps" })).toBeVisible();
  expect(studio.complaints).toEqual([]);
});

test("an Express machine is started and answers when it has ended; it cannot be redriven", async ({ studio }) => {
  const { page } = studio;
  const dock = await watch(studio, "Quote");
  await dock.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByRole("dialog")).toContainText("Sync: when it has ended");
  await picture(page, "watching-start");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Start/ })
    .click();
  await expect(outcome(page, "/States/Price")).toHaveAttribute("data-outcome", "ok");
  await expect(dock.getByText("42").first()).toBeVisible();
  expect(studio.complaints).toEqual([]);
});
