// A bucket in the Studio: what is put into it invokes the function, and the objects are looked into.
import { card, expect, picture, runStatus, test } from "./support.ts";

const template = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31

Resources:
  Uploads:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: uploads
      VersioningConfiguration:
        Status: Enabled

  Results:
    Type: AWS::S3::Bucket

  Shout:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: src/shout.handler
      Environment:
        Variables:
          RESULTS_BUCKET: !Ref Results
      Policies:
        - S3CrudPolicy:
            BucketName: !Ref Results
        - S3ReadPolicy:
            BucketName: uploads
      Events:
        Uploaded:
          Type: S3
          Properties:
            Bucket: !Ref Uploads
            Events: s3:ObjectCreated:*
            Filter:
              S3Key:
                Rules:
                  - Name: suffix
                    Value: .json
`;

const code = `import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";

const s3 = new S3Client({});

export async function handler({ Records }) {
  for (const { s3: { bucket, object } } of Records) {
    const Key = decodeURIComponent(object.key.replaceAll("+", " "));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key }));
    const text = await Body.transformToString();
    await s3.send(new PutObjectCommand({ Bucket: process.env.RESULTS_BUCKET, Key, Body: text.toUpperCase(), ContentType: "application/json", Metadata: { from: bucket.name } }));
  }
}
`;

test.use({ example: null, files: { "template.yaml": template, "src/shout.mjs": code } });

test("an object that is put by hand invokes the function, whose result is looked into and deleted", async ({ studio }) => {
  const { page } = studio;
  await studio.open();
  await expect(runStatus(page)).toContainText("Running");
  await expect(card(page, "Shout")).toBeVisible();
  await page.getByRole("button", { name: "Data", exact: true }).click();
  const buckets = page.getByRole("region", { name: "Buckets" });
  await buckets.getByRole("button", { name: /^Uploads/ }).click();
  await expect(page.getByText("Objects that functions or you put into this bucket appear here")).toBeVisible();
  await page.getByRole("button", { name: "New object" }).click();
  await page.getByRole("textbox", { name: "Key", exact: true }).fill("greetings/hello.json");
  await picture(page, "buckets-1-new-object");
  await page.getByRole("button", { name: /^Put object/ }).click();
  await expect(buckets.getByRole("button", { name: "Uploads 1" })).toBeVisible();
  await buckets.getByRole("button", { name: "Results 1" }).click();
  const rows = page.getByRole("grid").getByRole("row");
  await expect(rows.filter({ hasText: "greetings/hello.json" })).toHaveCount(1);
  await rows.nth(1).click();
  await expect(page.getByRole("complementary", { name: "Detail" })).toContainText("HELLO FROM CONTRAIL");
  await picture(page, "buckets-2-objects");
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(buckets.getByRole("button", { name: "Results 0" })).toBeVisible();
  await page.getByRole("tab", { name: "Canvas" }).click();
  await expect(card(page, "Uploads")).toContainText("1 object");
  await card(page, "Uploads").click();
  await picture(page, "buckets-3-canvas");
});
