import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { fitted } from "../../src/model/export/textWidth.ts";
import { fromSwagger } from "../../src/model/export/swagger.ts";
import { pictureTokens } from "../../src/model/export/pictureTokens.ts";
import { ended } from "../support/contrail.ts";
import { temporaryFolder } from "../support/folder.ts";

const orders = path.join(import.meta.dirname, "../../resources/examples/orders");

async function exported(target: string, ...options: string[]): Promise<string> {
  const { code, stdout, stderr } = await ended(["export", target, ...options]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

describe("contrail export --format mermaid", () => {
  it("draws resources by category and connections with what they carry", async () => {
    const text = await exported(orders, "--format", "mermaid");
    expect(text.startsWith("flowchart LR\n")).toBe(true);
    expect(text).toContain('  Orders[("Orders<br/><small>pk id · 1 index</small>")]:::data\n');
    expect(text).toContain('  OrdersApi -->|"POST /orders"| CreateOrder\n');
    expect(text).toContain('  OrderQueue -.->|"after 3"| OrderDLQ\n');
  });

  it("draws groups around their members, under their names", async () => {
    const groups = [
      { id: "group:1", name: 'The "back" of it', colour: "violet", members: ["Work", "note:1"] },
      { id: "group:2", name: "Nobody", colour: "grey", members: ["Gone"] },
    ];
    const folder = await temporaryFolder({
      "template.yaml": "Resources:\n  Work: { Type: AWS::SQS::Queue }\n  Other: { Type: AWS::SQS::Queue }\n",
      ".contrail/canvas.json": JSON.stringify({ version: 1, nodes: {}, notes: [], groups }),
    });
    const text = await exported(folder, "--format", "mermaid");
    expect(text).toMatch(/^flowchart LR\n {2}subgraph group_1\["The #quot;back#quot; of it"\]\n {4}Work\[\[.*\n {2}end\n {2}Other\[\[/);
    expect(text).not.toContain("Nobody");
  });

  it("keeps names apart that Mermaid has for itself, and ghosts what does not run", async () => {
    const folder = await temporaryFolder({
      "template.yaml": `Resources:\n  end: { Type: AWS::SQS::Queue }\n  Search: { Type: AWS::OpenSearchService::Domain, Properties: { DomainName: !GetAtt end.QueueName } }\n`,
    });
    const text = await exported(folder, "--format", "mermaid");
    expect(text).toContain('  end_[["end<br/>');
    expect(text).toMatch(/ Search .* end_| end_ .* Search/);
    expect(text).toContain("  class Search ghost\n");
  });
});

describe("contrail export --format svg", () => {
  it("is one file that needs nothing else: every card with its icon, positions from the canvas, notes", async () => {
    const folder = await temporaryFolder({
      "template.yaml": await readFile(path.join(orders, "template.yaml"), "utf8"),
      ".contrail/canvas.json": JSON.stringify({
        version: 1,
        nodes: { Web: { x: 1000, y: 2000 } },
        notes: [{ id: "n", x: 1000, y: 2200, width: 200, height: 60, text: 'Why <this> & "that"' }],
      }),
    });
    const whole = await exported(folder, "--format", "svg");
    const svg = whole.replaceAll(/url\(data:font\/woff2;base64,[^)]+\)/g, "url(#font)");
    expect(whole.length - svg.length).toBeGreaterThan(50_000);
    expect(svg.match(/class="title"/g)).toHaveLength(9);
    expect(svg.match(/<svg class="icon"/g)).toHaveLength(9);
    expect(svg).toContain('transform="translate(1000 2000)"');
    expect(svg).toContain("Why &lt;this&gt; &amp; &quot;that&quot;");
    expect(svg.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|<image|<use|url\((?!#)/);
    expect(svg).not.toContain("NaN");
    expect((await readdir(folder)).toSorted()).toEqual([".contrail", "template.yaml"]);
  });

  it("is light, dark, or as the reader's screen is, in the Studio's own colours", async () => {
    const dark = await exported(orders, "--format", "svg", "--theme", "dark");
    expect(dark).toContain(`.canvas{fill:${pictureTokens.dark.canvas}}`);
    expect(dark).not.toContain("prefers-color-scheme");
    expect(await exported(orders, "--format", "svg", "--theme", "auto")).toContain("@media (prefers-color-scheme:dark)");

    const css = readFileSync("src/renderer/app/theme/tokens.css", "utf8");
    const [, darkCss = "", lightCss = ""] = css.split(/^\[data-theme="(?:dark|light)"\] \{$|^\[data-theme="light"\] \{$/m);
    for (const [colours, rules] of [
      [pictureTokens.dark, darkCss],
      [pictureTokens.light, lightCss],
    ] as const) {
      const value = (name: string): string => {
        const found = new RegExp(`${name}: ([^;]+);`).exec(rules)?.[1] ?? "";
        const inner = /^var\((.+)\)$/.exec(found)?.[1];
        return inner === undefined ? found : value(inner);
      };
      const { categories, tile, ...plain } = colours;
      expect(plain).toEqual({
        canvas: value("--bg-canvas"),
        dot: value("--canvas-dot"),
        card: value("--bg-card"),
        foot: value("--bg-card-foot"),
        line: value("--line"),
        lineStrong: value("--line-strong"),
        edge: value("--edge"),
        words: value("--fg"),
        words2: value("--fg-2"),
        words3: value("--fg-3"),
        accent: value("--accent"),
        ok: value("--ok"),
        error: value("--error"),
        throttled: value("--throttled"),
      });
      expect(`${tile * 100}%`).toBe(value("--tile-mix"));
      for (const [category, colour] of Object.entries(categories))
        expect(colour).toBe(category === "other" ? value("--fg-2") : value(`--cat-${category}`));
    }
  });

  it("ends words before they leave their card", () => {
    expect(fitted("Orders", 13, 120)).toBe("Orders");
    expect(fitted("SearchDomainWithAVeryLongName", 13, 120)).toMatch(/^SearchDomain\w*…$/);
    expect(fitted("注文を受け付けて在庫を引き当てる", 11, 60)).toBe("注文を受…");
  });
});

describe("contrail export --format openapi", () => {
  const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Rest:
    Type: AWS::Serverless::Api
    Properties: { StageName: prod, Cors: "'*'", Auth: { DefaultAuthorizer: Users, Authorizers: { Users: { UserPoolArn: !GetAtt Pool.Arn } } } }
  Pool: { Type: AWS::Cognito::UserPool }
  Socket: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: s, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action } }
  Raw: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: raw, ProtocolType: HTTP } }
  RawRoute: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Raw, RouteKey: "ANY /files/{path+}" } }
  Work:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: x
      Handler: index.handler
      Runtime: nodejs24.x
      Events:
        Get: { Type: Api, Properties: { RestApiId: !Ref Rest, Path: "/orders/{id}", Method: get } }
`;

  it("describes a REST API for any client: parameters, tokens, address, and nothing of API Gateway's own", async () => {
    const folder = await temporaryFolder({ "template.yaml": template });
    const document = JSON.parse(await exported(folder, "--format", "openapi", "--api", "Rest", "--region", "eu-west-1"));
    expect(document).toMatchObject({
      openapi: "3.0.3",
      info: { version: "1.0" },
      servers: [{ url: "https://{apiId}.execute-api.eu-west-1.amazonaws.com/prod" }],
      components: { securitySchemes: { Users: { type: "apiKey", name: "Authorization", in: "header" } } },
    });
    expect(document.paths["/orders/{id}"].get).toEqual({
      operationId: "getOrdersId",
      tags: ["Work"],
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      responses: { default: { description: "The answer" } },
      security: [{ Users: [] }],
    });
    expect(JSON.stringify(document)).not.toMatch(/x-amazon|Fn::|"Ref"/);
  });

  it("writes out routes of an API without a document, to a file where asked", async () => {
    const folder = await temporaryFolder({ "template.yaml": template });
    const file = path.join(folder, "raw.json");
    expect(await exported(folder, "--format", "openapi", "--api", "Raw", "-o", file)).toBe("");
    const { paths } = JSON.parse(await readFile(file, "utf8"));
    expect(Object.keys(paths)).toEqual(["/files/{path}"]);
    expect(Object.keys(paths["/files/{path}"]).toSorted()).toEqual(["delete", "get", "head", "patch", "post", "put"]);
  });

  it("asks which, and knows what is none", async () => {
    const folder = await temporaryFolder({ "template.yaml": template });
    expect((await ended(["export", folder, "--format", "openapi"])).stderr).toContain("several APIs: Rest, Raw. Choose one with --api.");
    expect(await ended(["export", folder, "--format", "openapi", "--api", "Socket"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Socket is no REST or HTTP API"),
    });
  });

  it("brings Swagger 2 up to date", () => {
    expect(
      fromSwagger({
        swagger: "2.0",
        host: "api.example.com",
        basePath: "/v1/",
        consumes: ["application/xml"],
        securityDefinitions: { basic: { type: "basic" } },
        definitions: { Order: { type: "object" } },
        paths: {
          "/orders": {
            post: {
              parameters: [
                { in: "body", name: "order", required: true, schema: { $ref: "#/definitions/Order" } },
                { in: "query", name: "dry", type: "boolean" },
              ],
              responses: { "200": { description: "ok", schema: { $ref: "#/definitions/Order" }, headers: { ETag: { type: "string" } } } },
            },
          },
        },
      }),
    ).toEqual({
      openapi: "3.0.3",
      servers: [{ url: "https://api.example.com/v1" }],
      components: { schemas: { Order: { type: "object" } }, securitySchemes: { basic: { type: "http", scheme: "basic" } } },
      paths: {
        "/orders": {
          post: {
            parameters: [{ in: "query", name: "dry", schema: { type: "boolean" } }],
            requestBody: { required: true, content: { "application/xml": { schema: { $ref: "#/components/schemas/Order" } } } },
            responses: {
              "200": {
                description: "ok",
                headers: { ETag: { schema: { type: "string" } } },
                content: { "application/json": { schema: { $ref: "#/components/schemas/Order" } } },
              },
            },
          },
        },
      },
    });
  });
});

describe("contrail export --format cloudformation", () => {
  it("is the resolved template, and a broken one is refused with its place", async () => {
    const template = JSON.parse(await exported(orders, "--format", "cloudformation", "--parameter", "Stage=prod"));
    expect(template.Resources.CreateOrder.Properties.Environment.Variables).toEqual({
      STAGE: "prod",
      TABLE_NAME: { Ref: "Orders" },
      QUEUE_URL: { Ref: "OrderQueue" },
    });
    const folder = await temporaryFolder({ "template.yaml": "Resources: {A: [1\n" });
    expect(await ended(["export", folder, "--format", "mermaid"])).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^template\.yaml:\d+:\d+ error /),
    });
    expect((await ended(["export", orders, "--format", "png"])).stderr).toContain(
      "Allowed choices are cloudformation, mermaid, svg, openapi",
    );
  });
});
