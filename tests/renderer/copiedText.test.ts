import { expect, test } from "vitest";
import { cardsOfText, textOfCards } from "../../src/renderer/canvas/clipboard/copiedText.ts";

const cards = {
  resources: { Orders: { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::Sub": "${AWS::StackName}-orders" } } } },
  positions: { Orders: { x: 40, y: 80 } },
  files: { "src/a.ts": "export const a = `\n# not a comment\n`;\n" },
  notes: [{ x: 0, y: 0, width: 200, height: 60, text: "Two\nlines" }],
};

test("what was copied is pasted as it was", () => {
  expect(cardsOfText(textOfCards(cards))).toEqual(cards);
});

test("any piece of a template is pasted: whole, its resources, entries of it", () => {
  const entry = "Jobs:\n  Type: AWS::SQS::Queue\n  Properties:\n    QueueName: !Ref Name\n";
  const expected = { Jobs: { Type: "AWS::SQS::Queue", Properties: { QueueName: { Ref: "Name" } } } };
  expect(cardsOfText(entry)?.resources).toEqual(expected);
  const indented = `Transform: AWS::Serverless-2016-10-31\nResources:\n  ${entry.trimEnd().replaceAll("\n", "\n  ")}\n`;
  expect(cardsOfText(indented)?.resources).toEqual(expected);
});

test.each(["just words", "", "Type: nothing", "- a\n- b", "key: [unclosed", '{"a":1}', "Dear Type,\nhello: you"])(
  "%j is no piece of a template",
  (text) => {
    expect(cardsOfText(text)).toBeNull();
  },
);
