// Buckets over plain HTTP: from pages of other origins, as a website, as a distribution's origin, by links whose time is over.
import { GetObjectCommand, PutBucketCorsCommand, PutBucketWebsiteCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { S3Client } from "@aws-sdk/client-s3";
import { expect, onTestFinished, test } from "vitest";
import { services } from "../../../src/runtime/services/index.ts";
import { send } from "../../support/http.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";
import { account } from "./s3Runtime.ts";

test("a page is let in by the bucket's own CORS rules, and by nothing else", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("pages");
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "a" }));
  const origin = "http://localhost:3000";
  const preflight = (headers: Record<string, string>) => fetch(url, { method: "OPTIONS", headers: { origin, ...headers } });
  const asking = { "access-control-request-method": "PUT", "access-control-request-headers": "content-type" };
  expect((await preflight(asking)).status).toBe(403);
  const without = await fetch(url, { method: "PUT", body: "x", headers: { origin } });
  expect([without.status, without.headers.get("access-control-allow-origin")]).toEqual([200, null]);

  await client.send(
    new PutBucketCorsCommand({
      Bucket,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: ["http://localhost:*"],
            AllowedMethods: ["PUT"],
            AllowedHeaders: ["content-*"],
            ExposeHeaders: ["ETag"],
            MaxAgeSeconds: 60,
          },
        ],
      },
    }),
  );
  const allowed = await preflight(asking);
  expect(allowed.status).toBe(200);
  expect(Object.fromEntries(allowed.headers)).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "PUT",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "60",
  });
  expect((await preflight({ ...asking, "access-control-request-headers": "x-other" })).status).toBe(403);
  const put = await fetch(url, { method: "PUT", body: "x", headers: { origin } });
  expect([put.headers.get("access-control-allow-origin"), put.headers.get("access-control-expose-headers")]).toEqual([origin, "ETag"]);
});

test("a form that is put is an object like any other", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("forms");
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "a" }));
  const put = await fetch(url, { method: "PUT", body: new URLSearchParams({ Action: "x" }) });
  expect(put.status).toBe(200);
  const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket, Key: "a" }));
  expect([await Body?.transformToString(), ContentType]).toEqual(["Action=x", "application/x-www-form-urlencoded;charset=UTF-8"]);
});

test("a link whose time is over is refused in AWS's words", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("links");
  await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "x" }));
  const yesterday = new Date(Date.now() - 86_400_000);
  const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "a" }), { expiresIn: 60, signingDate: yesterday });
  const refused = await fetch(url);
  expect(refused.status).toBe(403);
  expect(await refused.text()).toMatch(/<Code>AccessDenied<\/Code><Message>Request has expired<\/Message><X-Amz-Expires>60</);
});

test("a browser's form puts an object as its policy allows", async () => {
  const { runtime, client, bucket } = await account();
  const Bucket = await bucket("forms");
  const policy = {
    expiration: new Date(Date.now() + 60_000).toISOString(),
    conditions: [{ bucket: Bucket }, ["starts-with", "$key", "in/"], ["content-length-range", 1, 10], { success_action_status: "201" }],
  };
  const post = (fields: Record<string, string>, content = "hello") => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append("file", new Blob([content]), "a b.txt");
    return fetch(`${runtime.endpoint}/${Bucket}`, { method: "POST", body: form });
  };
  const signed = {
    key: "in/${filename}",
    "Content-Type": "text/plain",
    "x-amz-meta-from": "form",
    success_action_status: "201",
    policy: Buffer.from(JSON.stringify(policy)).toString("base64"),
  };
  const made = await post(signed);
  expect([made.status, await made.text()]).toEqual([201, expect.stringContaining("<Key>in/a b.txt</Key>")]);
  const { Body, ContentType, Metadata } = await client.send(new GetObjectCommand({ Bucket, Key: "in/a b.txt" }));
  expect([await Body?.transformToString(), ContentType, Metadata]).toEqual(["hello", "text/plain", { from: "form" }]);

  const elsewhere = await post({ ...signed, key: "out" });
  expect([elsewhere.status, await elsewhere.text()]).toEqual([
    403,
    expect.stringContaining("Invalid according to Policy: Policy Condition failed"),
  ]);
  expect(await (await post(signed, "far too much for it")).text()).toContain("<Code>EntityTooLarge</Code>");
});

test("a website has an index, folders, an error page and redirects", async () => {
  const { runtime, client, bucket } = await account();
  const Bucket = await bucket("site");
  const put = (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: "text/html" }));
  await put("index.html", "home");
  await put("docs/index.html", "docs");
  await put("404.html", "not here");
  const get = (path: string) =>
    send(new URL(path, runtime.endpoint).href, { headers: { host: "site.s3-website-us-east-1.amazonaws.com" } });
  expect((await get("/")).text).toContain("NoSuchWebsiteConfiguration");
  await client.send(
    new PutBucketWebsiteCommand({
      Bucket,
      WebsiteConfiguration: {
        IndexDocument: { Suffix: "index.html" },
        ErrorDocument: { Key: "404.html" },
        RoutingRules: [{ Condition: { KeyPrefixEquals: "old/" }, Redirect: { ReplaceKeyPrefixWith: "docs/" } }],
      },
    }),
  );
  const said = async (path: string) => {
    const answer = await get(path);
    return [answer.status, answer.header("location") ?? answer.text];
  };
  expect(await said("/")).toEqual([200, "home"]);
  expect(await said("/docs")).toEqual([302, "/docs/"]);
  expect(await said("/docs/")).toEqual([200, "docs"]);
  expect(await said("/none")).toEqual([404, "not here"]);
  expect(await said("/old/page")).toEqual([301, "/docs/page"]);
  expect(await said("/%E0%A4%A")).toEqual([400, expect.stringContaining("Code: InvalidURI")]);
});

test("a distribution before a bucket gives its objects, and does not tell what is missing", async () => {
  const runtime = await runtimeWith(services);
  await runtime.deploy({
    stackName: "web",
    projectDirectory: temporaryFolder(),
    templatePath: "template.yaml",
    parameters: {},
    templateText: `
Resources:
  Pages: { Type: AWS::S3::Bucket, Properties: { BucketName: pages } }
  Web:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        DefaultRootObject: index.html
        Origins:
          - { Id: pages, DomainName: !GetAtt Pages.RegionalDomainName, S3OriginConfig: { OriginAccessIdentity: "" } }
        DefaultCacheBehavior:
          { TargetOriginId: pages, ViewerProtocolPolicy: allow-all, MinTTL: 0, DefaultTTL: 60, MaxTTL: 600, ForwardedValues: { QueryString: false } }
`,
  });
  const client = new S3Client({ ...clientOptions(runtime), forcePathStyle: true });
  onTestFinished(() => client.destroy());
  await client.send(new PutObjectCommand({ Bucket: "pages", Key: "index.html", Body: "<h1>hi</h1>", ContentType: "text/html" }));
  await client.send(new PutObjectCommand({ Bucket: "pages", Key: "big.bin", Body: Buffer.alloc(400_000, "x") }));
  const { url } = runtime.urls().find((one) => one.kind === "distribution")!;
  const home = await send(url);
  expect([home.status, home.header("content-type"), home.text]).toEqual([200, "text/html", "<h1>hi</h1>"]);
  expect((await send(url)).header("x-cache")).toBe("Hit from cloudfront");
  expect((await send(new URL("/big.bin", url).href)).body.length).toBe(400_000);
  const missing = await send(new URL("/none", url).href);
  expect([missing.status, missing.text]).toEqual([403, expect.stringContaining("<Code>AccessDenied</Code>")]);
});
