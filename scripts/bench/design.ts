// Opening, changing and undoing in a template of 500 resources: what the Studio does at every step, without drawing it. The limit is
// the `yaml` library reading the same text, which gives neither values nor a design.
import { parse } from "yaml";
import { applyCommand } from "../../src/model/design/applyCommand.ts";
import { deriveDesign } from "../../src/model/design/derive.ts";
import type { DesignCommand } from "../../src/model/design/design.ts";
import { designProblems } from "../../src/model/design/rules.ts";
import type { DesignContext } from "../../src/model/design/view.ts";
import { loadSchemas } from "../../src/model/schema/loadSchemas.ts";
import type { TemplateDocument } from "../../src/model/template/document.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";
import { largeTemplate } from "./largeTemplate.ts";
import type { Row } from "./row.ts";

const resources = 500;
const rounds = 30;
const context = { definitionOf, parameters: {} };

export async function designRows(): Promise<Row[]> {
  const schemas = await loadSchemas();
  const text = largeTemplate(resources);
  const limit = median(() => void parse(text, { logLevel: "silent", customTags: tags }));
  const opened = parseTemplate(text, "template.yaml");
  const count = Object.keys(Object(opened.value["Resources"])).length;
  const edit = (command: (round: number) => DesignCommand) => (round: number) => show(changed(opened, command(round)), opened);
  const setProperty = edit((round) => ({ type: "setProperty", id: "Jobs7", path: "Properties.VisibilityTimeout", value: 61 + round }));
  const connect = edit(() => ({ type: "connect", from: "Read7", to: "Jobs9", rule: "queue-access" }));
  const rename = edit((round) => ({ type: "rename", id: "Jobs8", newId: `Work${round}` }));
  const later = changed(opened, { type: "setProperty", id: "Jobs7", path: "Properties.VisibilityTimeout", value: 600 });
  const row = (name: string, value: number, aim: string): Row => ({
    name: `Design of ${count} resources: ${name}`,
    value,
    unit: "ms",
    limit,
    ratio: limit / value,
    aim,
  });
  return [
    row(
      "read the text",
      median(() => parseTemplate(text, "template.yaml")),
      "",
    ),
    row(
      "derive the design",
      median(() => deriveDesign(afresh(opened), context)),
      "< 200 ms",
    ),
    row("set a property", median(setProperty), "< 20 ms"),
    row("connect two resources", median(connect), "< 20 ms"),
    row("rename a resource", median(rename), "< 20 ms"),
    row(
      "undo",
      median(() => show(opened.text, later)),
      "< 20 ms",
    ),
    row("judge by all rules", judged(opened, { ...context, schemas }), "< 20 ms"),
  ];
}

/** CloudFormation's short functions, so that the library says nothing of them. */
const tags = ["Ref", "GetAtt", "Sub", "If", "Equals", "FindInMap"].map((name) => ({ tag: `!${name}`, resolve: (value: string) => value }));

function changed(document: TemplateDocument, command: DesignCommand): TemplateDocument {
  return applyCommand(document, command, context);
}

/** From the new text to the design, with what is known of the text before: as the Studio does after every change. */
function show(next: TemplateDocument | string, before: TemplateDocument): void {
  const document = typeof next === "string" ? parseTemplate(next, before.path, before) : parseTemplate(next.text, next.path, before);
  deriveDesign(document, context);
}

/** The same template as one that was never looked at. */
function afresh(document: TemplateDocument): TemplateDocument {
  return { ...document, value: { ...document.value } };
}

/** Of a version that was drawn, and was never judged: the rules alone. */
function judged(document: TemplateDocument, context: DesignContext): number {
  const fresh = Array.from({ length: rounds }, () => afresh(document));
  const designs = fresh.map((each) => deriveDesign(each, context));
  return median((round) => {
    const [each, design] = [fresh[round], designs[round]];
    if (each !== undefined && design !== undefined) designProblems(each, design, context);
  });
}

/** Milliseconds; the first rounds only warm up. */
function median(run: (round: number) => void): number {
  const times = Array.from({ length: rounds }, (_, round) => {
    const began = performance.now();
    run(round);
    return performance.now() - began;
  });
  const sorted = times.slice(rounds / 3).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
