// Buses, rules and schedules: what came, why a rule did not match, when a schedule runs next, and one run more.
import { card, dockTab, expect, picture, runStatus, test } from "./support.ts";

const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Shop: { Type: AWS::Events::EventBus, Properties: { Name: shop } }
  Timer:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 hour)
      Targets: [{ Id: Shop, Arn: !GetAtt Shop.Arn }]
  Large:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Shop
      EventPattern: { source: [orders], detail: { total: [{ numeric: [">", 100] }] } }
      Targets: [{ Id: Queue, Arn: !GetAtt Queue.Arn }]
  Queue: { Type: AWS::SQS::Queue }
`;

test.use({ example: null, files: { "template.yaml": template } });

test("a scheduled rule runs once more, and its bus says why another rule did not match", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(runStatus(page)).toContainText("Running");
  await expect(card(page, "Shop")).toBeVisible();
  await picture(page, "events-1-canvas");

  await page.getByRole("button", { name: "Data", exact: true }).click();
  const kinds = page.getByRole("region", { name: "Event buses and rules" });
  await kinds.getByRole("button", { name: /^Timer/ }).click();
  const rows = page.getByRole("grid").getByRole("row");
  await expect(rows.nth(1)).toContainText("due");
  await page.getByRole("button", { name: "Run now" }).click();
  await expect(page.getByText("It runs once more")).toBeVisible();

  await kinds.getByRole("button", { name: /^Shop/ }).click();
  await expect(rows.nth(1)).toContainText("unmatched");
  await expect(rows.nth(1)).toContainText('source is "aws.events", and the pattern wants "orders"');
  await expect(rows.nth(1)).toContainText("Large: ");
  await rows.nth(1).click();
  await dockTab(page, "Timeline").click();
  await picture(page, "events-2-why");
  expect(studio.complaints).toEqual([]);
});
