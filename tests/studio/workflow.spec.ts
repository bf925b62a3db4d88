// A state machine as a canvas of its states, and its executions laid over them.
import { card, chooseTarget, command, expect, picture, replaceText, runStatus, sendButton, test } from "./support.ts";
import { shippingTemplate } from "./workflowProject.ts";

const definition = {
  StartAt: "Validate",
  States: {
    Validate: { Type: "Pass", Next: "InStock" },
    InStock: {
      Type: "Choice",
      Choices: [{ Variable: "$.total", NumericGreaterThan: 0, Next: "Settle" }],
      Default: "SoldOut",
    },
    SoldOut: { Type: "Fail", Error: "SoldOut", Cause: "Nothing left." },
    Settle: {
      Type: "Parallel",
      ResultPath: "$.settled",
      Branches: [
        { StartAt: "Charge", States: { Charge: { Type: "Pass", Next: "Receipt" }, Receipt: { Type: "Pass", End: true } } },
        {
          StartAt: "Pack",
          States: {
            Pack: {
              Type: "Map",
              ItemsPath: "$.lines",
              ItemProcessor: { StartAt: "PackLine", States: { PackLine: { Type: "Pass", End: true } } },
              End: true,
            },
          },
        },
      ],
      Catch: [{ ErrorEquals: ["PaymentDeclined"], Next: "Refund" }],
      Next: "CoolingOff",
    },
    CoolingOff: { Type: "Wait", Seconds: 1, Next: "Ship" },
    Ship: {
      Type: "Task",
      Resource: "${ShipArn}",
      Retry: [{ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 2, MaxAttempts: 3 }],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Refund" }],
      End: true,
    },
    Refund: { Type: "Pass", End: true },
  },
};

test.use({
  example: null,
  files: {
    "template.yaml": shippingTemplate("Fulfilment"),
    "statemachines/fulfilment.asl.json": JSON.stringify(definition, null, 2),
    "src/ship.mjs": "export const handler = async (event) => ({ shipped: event.orderId });\n",
  },
});

test("a state machine opens as its own canvas, beside its text, with its problems", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(runStatus(page)).toContainText("Running");
  await card(page, "Fulfilment").dblclick();
  await expect(card(page, "/States/Validate")).toBeVisible();
  await expect(card(page, "/States/Settle/Branches[1]/States/Pack/ItemProcessor/States/PackLine")).toBeVisible();
  await expect(page.getByText("total > 0")).toBeVisible();
  await picture(page, "workflow");

  await page.getByRole("button", { name: "Fit everything" }).click();
  await card(page, "/States/Ship").click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector.getByRole("heading", { name: "Ship" })).toBeVisible();
  await expect(inspector).toContainText("MaxAttempts");
  await inspector.getByRole("button", { name: "Show in the text" }).click();
  await expect(page.locator(".contrail-state-lines").first()).toBeVisible();
  await picture(page, "workflow-text");
  expect(studio.complaints).toEqual([]);
});

test("a state machine is a target in Requests, and its overlay follows what is started there", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(runStatus(page)).toContainText("Running");
  await command(page, "Open the workflow of Fulfilment");
  await page.getByRole("button", { name: "Executions" }).click();
  await chooseTarget(page, "Fulfilment");
  await replaceText(page, "Input", '{"total":0}');
  await sendButton(page).click();
  await expect(card(page, "/States/SoldOut").locator(".state")).toHaveAttribute("data-outcome", "failed");
  await expect(page.getByRole("button", { name: "failed" })).toBeVisible();
  expect(studio.complaints).toEqual([]);
});
