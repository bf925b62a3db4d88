import { afterEach, expect, test } from "vitest";
import { deriveDesign } from "../../src/model/design/derive.ts";
import { whyNot } from "../../src/model/design/connectable.ts";
import { designProblems } from "../../src/model/design/rules.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { english, verbatim, words } from "../../src/model/words.ts";
import { showLanguage } from "../../src/renderer/app/texts/texts.ts";
import { fixText, messageOf, problemText, tWords } from "../../src/renderer/app/texts/words.ts";
import { StudioError } from "../../src/model/studioApi.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";

afterEach(() => showLanguage("en"));

const context = { definitionOf, today: "2026-11-01" };
const document = parseTemplate(
  `
Resources:
  Jobs: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 10, QueueName: jobs.fifo } }
  Orders: { Type: AWS::DynamoDB::Table, Properties: { BillingMode: PAY_PER_REQUEST, KeySchema: [{ AttributeName: id, KeyType: HASH }], AttributeDefinitions: [] } }
`,
  "template.yaml",
);
const design = deriveDesign(document, context);

test("a finding keeps its English message, and is shown in the language that is chosen", async () => {
  const problem = designProblems(document, design, context).find(({ rule }) => rule === "design.fifo-name");
  if (problem?.fix === undefined) throw new Error("The name ends in .fifo, which should be found.");
  expect(problem.message).toBe("The name of Jobs ends in .fifo, but FifoQueue is not true.");
  expect(problemText(problem)).toBe(problem.message);
  await showLanguage("de");
  expect(problemText(problem)).toBe("Der Name von Jobs endet auf .fifo, aber FifoQueue ist nicht true.");
  expect(fixText(problem.fix)).toBe("Zur FIFO-Queue machen");
  expect(problem.message).toBe("The name of Jobs ends in .fifo, but FifoQueue is not true.");
});

test("words within words are translated too, titles as they stand in a sentence", async () => {
  const refusal = whyNot(design, "Orders", "Jobs", context) ?? "";
  expect(english(refusal)).toMatch(/^A table can be connected to a function.*, but not to a queue\.$/);
  await showLanguage("es");
  expect(tWords(refusal)).toMatch(/^Las conexiones desde aquí \(tabla\) llevan a: función.*; no a: cola\.$/);
});

test("values are never read as text to fill in, nor what is the same in every language", async () => {
  const what = words("There is no resource {{id}}.", { id: "{{name}} $t(Run)" });
  expect(english(what)).toBe("There is no resource {{name}} $t(Run).");
  await showLanguage("de");
  expect(tWords(what)).toBe("Es gibt keine Ressource {{name}} $t(Run).");
  expect(tWords(verbatim("{{resolve:ssm:name}} Run"))).toBe("{{resolve:ssm:name}} Run");
});

test("an error has its words where it has some, and what it says otherwise", async () => {
  await showLanguage("de");
  const error = new StudioError("not-running", words("The design is not running. Press Run first."));
  expect(error.message).toBe("The design is not running. Press Run first.");
  expect(messageOf(error)).toBe("Das Design läuft nicht. Drücke zuerst auf Ausführen.");
  expect(messageOf(new Error("The security token is invalid."))).toBe("The security token is invalid.");
});
