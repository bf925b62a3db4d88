// Values for the template's Parameters: given in a form, kept outside the project, and samconfig.toml named where it says them.
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { card, command, dockTab, expect, openRunning, picture, rewrite, runStatus, test, type Studio } from "./support.ts";

const template = `Parameters:
  Visibility: { Type: Number, Default: 30, MinValue: 0, MaxValue: 43200, Description: How long a message is hidden from others. }
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  Zones: { Type: CommaDelimitedList, Default: "a, b" }
  Secret: { Type: String, NoEcho: true, MinLength: 4, Default: swordfish }
  Image: { Type: "AWS::SSM::Parameter::Value<String>", Default: /images/latest }
Resources:
  Fulfil:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: !Ref Visibility }
`;

test.use({
  files: {
    "template.yaml": template,
    "samconfig.toml": 'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "Stage=prod"\n',
  },
});

async function openForm({ page }: Studio) {
  await command(page, "Template parameters…");
  const form = page.getByRole("dialog", { name: "Template parameters" });
  await expect(form).toBeVisible();
  return form;
}

test("each parameter has the control of its type; values reach design and run and stay outside the project", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await expect(card(page, "Fulfil")).toContainText("visible 30 s");
  let form = await openForm(studio);
  await expect(form.getByRole("group", { name: "Stage" })).toContainText("samconfig.toml");
  await expect(form.getByRole("combobox", { name: "Stage" })).toContainText("prod");
  await expect(form.getByRole("group", { name: "Image" })).toContainText("/images/latest in AWS's parameter store");

  await form.getByRole("textbox", { name: "Visibility" }).fill("50000");
  await expect(form.getByRole("alert")).toContainText("not greater than 43200");
  await expect(form.getByRole("button", { name: "Use these values" })).toBeDisabled();
  await form.getByRole("textbox", { name: "Visibility" }).fill("90");
  await form.getByRole("textbox", { name: "Zones" }).fill("x,y,");
  await expect(form.getByRole("button", { name: "Remove y" })).toBeVisible();
  await expect(form.getByText("swordfish")).toBeHidden();
  await form.locator("input[aria-label=Secret]").fill("opensesame");
  await expect(form.locator("input[aria-label=Secret]")).toHaveAttribute("type", "password");
  await picture(page, "parameters-1");
  await form.getByRole("button", { name: "Use these values" }).click();
  await expect(card(page, "Fulfil")).toContainText("visible 90 s");
  await expect(runStatus(page)).toContainText("Fulfil changed");

  // kept, but not in the project
  expect(await studio.read("template.yaml")).toBe(template);
  const kept = await readFile(path.join(studio.home, "parameters.json"), "utf8");
  // where there are such rights, nobody else may read them
  if (process.platform !== "win32") expect((await stat(path.join(studio.home, "parameters.json"))).mode & 0o777).toBe(0o600);
  expect(JSON.parse(kept)).toEqual({ [studio.project]: { Visibility: "90", Zones: "x,y", Secret: "opensesame" } });
  const written = await Promise.all(
    (await readdir(studio.project, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(path.join(".contrail", "data")))
      .map((entry) => readFile(path.join(entry.parentPath, entry.name), "utf8")),
  );
  expect(written.join("\n")).not.toContain("opensesame");

  await page.reload();
  await expect(card(page, "Fulfil")).toContainText("visible 90 s");
  form = await openForm(studio);
  await expect(form.getByRole("textbox", { name: "Visibility" })).toHaveValue("90");
  await form
    .getByRole("group", { name: "Visibility" })
    .getByRole("button", { name: /^Take the value back/ })
    .click();
  await form.getByRole("button", { name: "Use these values" }).click();
  await expect(card(page, "Fulfil")).toContainText("visible 30 s");
});

test("samconfig.toml is followed as it changes, and its mistakes are problems", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await rewrite(studio, "samconfig.toml", (text) => text.replace("Stage=prod", "Visibility=75"));
  await expect(card(page, "Fulfil")).toContainText("visible 75 s");
  const form = await openForm(studio);
  await expect(form.getByRole("group", { name: "Visibility" })).toContainText("samconfig.toml");
  await form.getByRole("button", { name: "Cancel" }).click();
  await rewrite(studio, "samconfig.toml", () => "version = [");
  await dockTab(page, "Problems").click();
  await expect(page.getByRole("region", { name: "samconfig.toml" })).toContainText("cannot be read");
});

test("a value that is missing is a problem that leads to the form", async ({ studio }) => {
  const { page } = studio;
  await openRunning(studio);
  await rewrite(studio, "template.yaml", (text) => text.replace("Type: Number, Default: 30", "Type: Number"));
  await dockTab(page, "Problems").click();
  await page.getByRole("region", { name: "template.yaml" }).getByRole("button", { name: "Parameters" }).first().click();
  const form = page.getByRole("dialog", { name: "Template parameters" });
  await expect(form.getByRole("group", { name: "Visibility" })).toContainText("needs a value");
  await form.getByRole("textbox", { name: "Visibility" }).fill("15");
  await form.getByRole("button", { name: "Use these values" }).click();
  await expect(card(page, "Fulfil")).toContainText("visible 15 s");
});

test("an empty text is a value of its own, where a default stands too", async ({ studio }) => {
  await openRunning(studio);
  const stage = "Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }";
  await rewrite(studio, "template.yaml", (text) =>
    text
      .replace(stage, "Prefix: { Type: String, Default: shop }")
      .replace("VisibilityTimeout: !Ref Visibility", "QueueName: !Sub '${Prefix}jobs'"),
  );
  let form = await openForm(studio);
  await form.getByRole("group", { name: "Prefix" }).getByRole("button", { name: "Use an empty text" }).click();
  await expect(form.getByRole("group", { name: "Prefix" })).toContainText("set here");
  await form.getByRole("button", { name: "Use these values" }).click();
  form = await openForm(studio);
  await expect(form.getByRole("textbox", { name: "Prefix" })).toHaveAttribute("placeholder", "an empty text");
  const kept = await readFile(path.join(studio.home, "parameters.json"), "utf8");
  expect(JSON.parse(kept)).toEqual({ [studio.project]: { Prefix: "" } });
  // typing and erasing it again means the same; the arrow takes the default back
  await form.getByRole("textbox", { name: "Prefix" }).fill("x");
  await form.getByRole("textbox", { name: "Prefix" }).fill("");
  await expect(form.getByRole("group", { name: "Prefix" })).toContainText("set here");
  await form
    .getByRole("group", { name: "Prefix" })
    .getByRole("button", { name: /^Take the value back/ })
    .click();
  await expect(form.getByRole("group", { name: "Prefix" })).toContainText("default");
});

test.describe("dynamic references", () => {
  test.use({
    files: {
      "template.yaml": `Parameters:
  Stage: { Type: String, Default: dev }
Resources:
  Fulfil:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !Sub "{{resolve:ssm:/\${Stage}/visibility:2}}"
      Tags:
        - { Key: owner, Value: "{{resolve:secretsmanager:people:SecretString:owner}}" }
`,
    },
  });

  test("what they ask for is given in the form, as the deploy says", async ({ studio }) => {
    const { page } = studio;
    await studio.open();
    await expect(runStatus(page)).toContainText("Deploy failed");
    const banner = page.getByRole("alert").filter({ hasText: "needed before this runs" });
    await expect(banner).toContainText("2 values are needed");
    await banner.getByRole("button", { name: "Give them" }).click();
    const form = page.getByRole("dialog", { name: "Template parameters" });
    await form.getByRole("group", { name: "/dev/visibility" }).getByRole("textbox").fill("45");
    const owner = form.getByRole("group", { name: "people · owner" }).locator("input");
    await expect(owner).toHaveAttribute("type", "password");
    await owner.fill("Ada");
    await picture(page, "parameters-references");
    await form.getByRole("button", { name: "Use these values" }).click();
    await expect(runStatus(page)).toContainText("Running");
    await expect(banner).toBeHidden();
    const kept = await readFile(path.join(studio.home, "parameters.json"), "utf8");
    expect(JSON.parse(kept)).toEqual({
      [studio.project]: { "resolve:ssm:/dev/visibility": "45", "resolve:secretsmanager:people:SecretString:owner": "Ada" },
    });
  });
});
