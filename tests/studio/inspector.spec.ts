import { card, expect, picture, test } from "./support.ts";

test.describe("a schedule and a function", () => {
  test.use({
    example: null,
    files: {
      "template.yaml": `Transform: AWS::Serverless-2016-10-31
Resources:
  Report:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: exports.handler = async () => ({})
      Environment:
        Variables:
          TABLE: !Ref Orders # by its name
  Orders:
    Type: AWS::Serverless::SimpleTable
  EveryMorning:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 hour)
      ScheduleExpressionTimezone: Europe/Berlin
      FlexibleTimeWindow: { Mode: "OFF" }
      Target:
        Arn: !GetAtt Report.Arn
        RoleArn: arn:aws:iam::123456789012:role/scheduler
`,
    },
  });

  test("a schedule is chosen in a form, with its next runs; what no form can say is typed", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await card(page, "EveryMorning").click();
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    const field = inspector.getByRole("textbox", { name: "Schedule" });
    await expect(field).toHaveValue("rate(1 hour)");
    await inspector.getByRole("button", { name: "Choose when" }).click();
    const form = page.getByRole("dialog");
    await expect(form.getByRole("listitem")).toHaveCount(5);

    await form.getByRole("combobox", { name: "How it repeats" }).click();
    await page.getByRole("option", { name: "At a time of day" }).click();
    await form.getByRole("textbox", { name: "Time of day" }).fill("7:30");
    await page.keyboard.press("Enter");
    await form.getByRole("button", { name: "Sat" }).click();
    await form.getByRole("button", { name: "Sun" }).click();
    await expect(form.getByText("Next runs, in Europe/Berlin")).toBeVisible();
    await expect(form.getByRole("listitem").first()).toContainText("07:30");
    await picture(page, "inspector-1-schedule");
    await expect.poll(() => studio.read("template.yaml")).toContain('ScheduleExpression: "cron(30 7 ? * MON,TUE,WED,THU,FRI *)"');
    await page.keyboard.press("Escape");
    await expect(inspector.getByText(/^Next .*07:30$/)).toBeVisible();

    await field.fill("every morning");
    await page.keyboard.press("Enter");
    await expect(inspector.getByText("It takes rate(…), cron(…) or at(…).")).toBeVisible();
    await picture(page, "inspector-2-no-schedule");
    await page.keyboard.press("ControlOrMeta+z");
    await expect(field).toHaveValue("cron(30 7 ? * MON,TUE,WED,THU,FRI *)");
    expect(studio.complaints).toEqual([]);
  });

  test("an intrinsic function is typed over where it stands, and half of one is not written", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await card(page, "Report").click();
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await inspector.getByText("!Ref Orders").hover();
    await inspector.getByRole("button", { name: "Edit Value of TABLE" }).click();
    const field = inspector.getByRole("textbox", { name: "Value of TABLE" });
    await field.fill("!GetAtt Orders.Arn");
    await page.keyboard.press("Enter");
    await expect(inspector.getByText("!GetAtt Orders.Arn")).toBeVisible();
    await expect.poll(() => studio.read("template.yaml")).toContain("TABLE: !GetAtt Orders.Arn # by its name");

    await inspector.getByText("!GetAtt Orders.Arn").hover();
    await inspector.getByRole("button", { name: "Edit Value of TABLE" }).click();
    await field.fill('!Join ["-", ["a"');
    await page.keyboard.press("Enter");
    await expect(inspector.getByText("!GetAtt Orders.Arn")).toBeVisible();
    expect(studio.complaints).toEqual([]);
  });
});
