// Lines between cards, as every example draws them: around the cards of others, and with labels that lie on nothing.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { canvasSchema, emptyCanvas } from "../../src/model/design/canvasFile.ts";
import { type Box, pointOn } from "../../src/model/design/curve.ts";
import { deriveDesign } from "../../src/model/design/derive.ts";
import type { Canvas, Design } from "../../src/model/design/design.ts";
import { hidden } from "../../src/model/design/detour.ts";
import { boxOf, curvesOf } from "../../src/model/design/geometry.ts";
import { shownDesign } from "../../src/model/design/grouping.ts";
import { labelPlaces } from "../../src/model/design/labelPlaces.ts";
import { layoutDesign } from "../../src/model/design/layout.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";

const examples = readdirSync("resources/examples");

function designOf(template: string): Design {
  return deriveDesign(parseTemplate(template, "template.yaml"), { definitionOf, parameters: {} });
}

function drawn(design: Design, canvas: Canvas) {
  const shown = shownDesign(design, canvas, { ...canvas.nodes, ...layoutDesign(design, canvas.nodes) });
  const curves = curvesOf(shown, shown.positions);
  const cards = shown.resources.map((resource) => ({ id: resource.id, ...boxOf(resource, shown.positions) }));
  const labels = labelPlaces(shown.connections, curves, cards, { bundles: shown.bundles });
  return { connections: shown.connections, curves, cards, labels };
}

function behindCards({ connections, curves, cards }: ReturnType<typeof drawn>): string[] {
  return connections.flatMap(({ id, from, to }) => {
    const curve = curves.get(id);
    const others = cards.filter((card) => card.id !== from && card.id !== to);
    return curve === undefined || hidden(curve, others) === 0 ? [] : [`${from} → ${to}`];
  });
}

/** Labels as they are drawn at life size: a little narrower than they are given room. */
function labelBoxes({ connections, curves, labels }: ReturnType<typeof drawn>): (Box & { id: string })[] {
  return connections.flatMap(({ id, label }) => {
    const [curve, place] = [curves.get(id), labels.get(id)];
    if (curve === undefined || place === undefined) return [];
    const { x, y } = pointOn(curve, place);
    const width = label.length * 5 + 8;
    return [{ id, x: x - width / 2, y: y - 8, width, height: 16 }];
  });
}

function overlapping(boxes: readonly (Box & { id: string })[], others: readonly (Box & { id: string })[]): string[] {
  return boxes.flatMap((a) =>
    others
      .filter((b) => b.id !== a.id && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
      .map((b) => `${a.id} on ${b.id}`),
  );
}

test.each(examples)("in %s no line runs behind a card and no label lies on one, as it comes and as it is laid out", (example) => {
  const design = designOf(readFileSync(`resources/examples/${example}/template.yaml`, "utf8"));
  const saved = canvasSchema.parse(JSON.parse(readFileSync(`resources/examples/${example}/.contrail/canvas.json`, "utf8")));
  for (const canvas of [saved, emptyCanvas]) {
    const picture = drawn(design, canvas);
    expect(behindCards(picture)).toEqual([]);
    const labels = labelBoxes(picture);
    expect(overlapping(labels, [...picture.cards, ...labels])).toEqual([]);
  }
});

/** Eight services of an API that know each other's tables: queue, worker, topic, listener, dead letters. */
function shop(): string {
  const names = ["Order", "Payment", "Stock", "Shipping", "Customer", "Invoice", "Search", "Review"];
  const fn = (id: string, events: string, policies: readonly string[]): string =>
    `  ${id}:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: nodejs22.x\n      Handler: a.handler\n      InlineCode: ""\n      Events: ${events}\n      Policies: [${policies.join(", ")}]`;
  return [
    "Transform: AWS::Serverless-2016-10-31\nResources:\n  Api: { Type: AWS::Serverless::HttpApi }\n  Audit: { Type: AWS::Serverless::SimpleTable }",
    ...names.flatMap((name, index) => {
      const next = names[(index + 1) % names.length] ?? name;
      return [
        `  ${name}Table: { Type: AWS::Serverless::SimpleTable }`,
        `  ${name}DLQ: { Type: AWS::SQS::Queue }`,
        `  ${name}Queue:\n    Type: AWS::SQS::Queue\n    Properties:\n      RedrivePolicy: { deadLetterTargetArn: !GetAtt ${name}DLQ.Arn, maxReceiveCount: 3 }`,
        `  ${name}Topic: { Type: AWS::SNS::Topic }`,
        fn(`${name}Http`, `{ Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: GET, Path: /${name} } } }`, [
          `{ DynamoDBCrudPolicy: { TableName: !Ref ${name}Table } }`,
          `{ DynamoDBReadPolicy: { TableName: !Ref ${next}Table } }`,
          `{ SQSSendMessagePolicy: { QueueName: !GetAtt ${name}Queue.QueueName } }`,
        ]),
        fn(`${name}Worker`, `{ Jobs: { Type: SQS, Properties: { Queue: !GetAtt ${name}Queue.Arn } } }`, [
          `{ DynamoDBCrudPolicy: { TableName: !Ref ${name}Table } }`,
          "{ DynamoDBWritePolicy: { TableName: !Ref Audit } }",
          `{ SNSPublishMessagePolicy: { TopicName: !GetAtt ${name}Topic.TopicName } }`,
        ]),
        fn(`${name}Listener`, `{ Told: { Type: SNS, Properties: { Topic: !Ref ${next}Topic } } }`, [
          `{ DynamoDBReadPolicy: { TableName: !Ref ${name}Table } }`,
        ]),
      ];
    }),
  ].join("\n");
}

test("in a dense design of 58 resources nearly every line finds its way, and no labels lie on each other", () => {
  const design = designOf(shop());
  expect(design.resources).toHaveLength(58);
  const picture = drawn(design, emptyCanvas);
  expect(behindCards(picture).length).toBeLessThanOrEqual(1);
  const labels = labelBoxes(picture);
  expect(labels.length).toBeGreaterThan(40);
  expect(overlapping(labels, [...picture.cards, ...labels])).toEqual([]);
});
