import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { nameInArn } from "../names.ts";
import { drawnBehind } from "../owners.ts";
import type { TemplatePath } from "../design.ts";
import { at, isWritten, textOf, type TemplateView } from "../view.ts";
import type { CheckInput } from "./report.ts";
import { words, type WordsValue } from "../../words.ts";

/** Events of SAM that read a stream; it has no default for where to begin. */
const streamEvents: ReadonlySet<string> = new Set(["Kinesis", "DynamoDB", "MSK"]);

/** Where reading a stream begins: Lambda does not choose between what is there and what comes. */
export function checkStreams(input: CheckInput): void {
  for (const { id, type, path, properties } of input.view.resources.values()) {
    if (type === "AWS::Lambda::EventSourceMapping" && readsStream(input.view, properties["EventSourceArn"]))
      checkStart(input, id, id, properties, [...path, "Properties"]);
    const { Events: events } = properties;
    if (type !== "AWS::Serverless::Function" || !isJsonObject(events)) continue;
    for (const [name, event] of Object.entries(events)) {
      const said = at(event, "Properties");
      if (streamEvents.has(textOf(at(event, "Type")) ?? ""))
        checkStart(input, id, words("Event {{name}} of {{id}}", { name, id }), isJsonObject(said) ? said : {}, [
          ...path,
          "Properties",
          "Events",
          name,
          "Properties",
        ]);
    }
  }
}

function readsStream(view: TemplateView, source: Json | undefined): boolean {
  const service = typeof source === "string" ? nameInArn(source)?.service : undefined;
  if (service === "kinesis" || service === "dynamodb") return true;
  const type = view.resources.get(drawnBehind(view, source) ?? "")?.type;
  return type === "AWS::Kinesis::Stream" || type === "AWS::DynamoDB::Table";
}

function checkStart({ report }: CheckInput, id: string, subject: WordsValue, properties: JsonObject, path: TemplatePath): void {
  const { StartingPosition: start, StartingPositionTimestamp: time } = properties;
  if (isWritten(start)) {
    if (start !== "AT_TIMESTAMP" || isWritten(time)) return;
    const message = words("{{subject}} starts AT_TIMESTAMP, and has no StartingPositionTimestamp. Add it, in seconds since 1970.", {
      subject,
    });
    report({ severity: "error", rule: "design.required-property", message, path: [...path, "StartingPosition"] });
    return;
  }
  report({
    severity: "error",
    rule: "design.required-property",
    message: words(
      "{{subject}} reads a stream and needs StartingPosition: LATEST for what comes from now on, TRIM_HORIZON for all that is there.",
      { subject },
    ),
    path,
    fix: {
      title: words("Start with what comes from now on (LATEST)"),
      command: { type: "setProperty", id, path: [...path.slice(2), "StartingPosition"].join("."), value: "LATEST" },
    },
  });
}
