// Completion in the texts in which state machines are written: files of their own, and definitions in the template.
import type { editor } from "monaco-editor/editor";
import type { Steps } from "../../../model/asl/commands/command.ts";
import { completeDefinition } from "../../../model/asl/complete/definition.ts";
import { placeInJson, type PlaceInText } from "../../../model/asl/complete/placeInJson.ts";
import { placeInYaml } from "../../../model/asl/complete/placeInYaml.ts";
import { completeReference, type Reference } from "../../../model/asl/complete/references.ts";
import type { Suggestion } from "../../../model/asl/complete/suggestion.ts";
import { textInBlock } from "../../../model/asl/complete/textInBlock.ts";
import type { Design } from "../../../model/design/design.ts";
import { stateMachineTypes, workflowSource, type WorkflowSource } from "../../../model/design/workflows/workflowSource.ts";
import type { JsonObject } from "../../../model/json.ts";
import { useDesign } from "../../app/stores/design.ts";
import { localText } from "../../app/stores/localTexts.ts";
import { samplesOf } from "../../workflow/testState/visits.ts";
import { completeModels } from "./completions.ts";
import { pathOf } from "./models.ts";
import { t } from "../../app/texts/texts.ts";

interface Written {
  readonly machine: string;
  readonly source: WorkflowSource;
  readonly resources: readonly { readonly value: string; readonly detail: string }[];
  /** What may stand in `${…}`. */
  readonly references: readonly Reference[];
}

/** Of each machine the definition that could be read last: while one types, the text often cannot be. */
const lastGood = new Map<string, JsonObject>();

export function registerAslCompletion(): void {
  completeModels(complete);
}

function complete(model: editor.ITextModel, text: string, offset: number): readonly Suggestion[] | null {
  const path = pathOf(model.uri);
  const isYaml = model.getLanguageId() === "yaml";
  for (const written of writtenIn(path)) {
    const found = written.source.place?.type === "text" ? inText(written, text, offset, isYaml) : inValue(written, text, offset, isYaml);
    if (found !== null) return found;
  }
  return null;
}

function inValue(written: Written, text: string, offset: number, isYaml: boolean): readonly Suggestion[] | null {
  const place = placeIn(written.source, isYaml ? placeInYaml(text, offset) : placeInJson(text, offset));
  return place === null ? null : suggest(written, text, offset, place, isYaml);
}

/** Within a block of text of the template stands a definition with lines of its own. */
function inText(written: Written, text: string, offset: number, isYaml: boolean): readonly Suggestion[] | null {
  const at = isYaml ? placeInYaml(text, offset) : null;
  // a short `!Sub` is no step of the text
  const stepsOf = (steps: Steps): string => steps.filter((step) => step !== "Fn::Sub").join("\n");
  const isHere = at !== null && stepsOf(at.steps) === stepsOf(written.source.place?.path ?? []);
  if (at === null || !isHere || text[at.from - 1] !== "\n") return null;
  const block = textInBlock(text, at.from);
  const inner = block.toInner(offset);
  const isJson = block.text.trimStart().startsWith("{");
  const place = isJson ? placeInJson(block.text, inner) : placeInYaml(block.text, inner);
  if (place === null) return [];
  return suggest(written, block.text, inner, place, !isJson).map((one) => ({
    ...one,
    from: block.toOuter(one.from),
    to: block.toOuter(one.to),
  }));
}

function suggest(written: Written, text: string, offset: number, place: PlaceInText, isYaml: boolean): readonly Suggestion[] {
  const { machine, source, resources, references } = written;
  const referred = completeReference(text, offset, references);
  if (referred !== null) return referred;
  const definition = source.definition ?? lastGood.get(machine) ?? {};
  lastGood.set(machine, definition);
  return completeDefinition({ text, offset, place, isYaml, definition, resources, samplesOf: (state) => samplesOf(machine, state) });
}

function writtenIn(path: string): readonly Written[] {
  const { design, document } = useDesign.getState();
  if (document === null) return [];
  return design.resources
    .filter(({ type }) => stateMachineTypes.has(type))
    .flatMap((resource) => {
      const source = workflowSource(resource, document, localText);
      if (source.file !== path) return [];
      const names = resource.properties["DefinitionSubstitutions"];
      const substituted = (typeof names === "object" && names !== null ? Object.keys(names) : []).map((name): Reference => ({
        name,
        detail: t("substitution"),
      }));
      const isSub = source.place?.type === "text" && source.place.path.includes("Fn::Sub");
      const called = isSub ? calledIn(design) : [];
      return [
        {
          machine: resource.id,
          source,
          references: [...substituted, ...(isSub ? [...called, ...namesIn(design), ...pseudoParameters] : [])],
          resources: [
            ...[...substituted, ...called].map(({ name, detail }) => ({ value: `\${${name}}`, detail })),
            ...optimised.map((name) => ({ value: `arn:aws:states:::${name}`, detail: t("integration") })),
          ],
        },
      ];
    });
}

/** What a Task's Resource may be, as Fn::Sub names it. */
function calledIn({ resources }: Design): readonly Reference[] {
  return resources.flatMap(({ id, type }): Reference[] => {
    if (/^AWS::(?:Serverless|Lambda)::Function$/.test(type)) return [{ name: `${id}.Arn`, detail: t("function") }];
    return type === "AWS::StepFunctions::Activity" ? [{ name: id, detail: t("activity") }] : [];
  });
}

/** Names and URLs: what the arguments of a Task say. */
function namesIn({ resources }: Design): readonly Reference[] {
  return resources.map(({ id, type }) => ({ name: id, detail: type.split("::").slice(1).join(" ") }));
}

const pseudoParameters: readonly Reference[] = ["AWS::Region", "AWS::AccountId", "AWS::Partition", "AWS::StackName"].map((name) => ({
  name,
  detail: t("of the stack"),
}));

/** https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html: those that run here. */
const optimised = [
  "lambda:invoke",
  "lambda:invoke.waitForTaskToken",
  "dynamodb:getItem",
  "dynamodb:putItem",
  "dynamodb:updateItem",
  "dynamodb:deleteItem",
  "sqs:sendMessage",
  "sqs:sendMessage.waitForTaskToken",
  "sns:publish",
  "sns:publish.waitForTaskToken",
  "events:putEvents",
  "events:putEvents.waitForTaskToken",
  "states:startExecution",
  "states:startExecution.sync",
  "states:startExecution.sync:2",
  "apigateway:invoke",
  "http:invoke",
];

/** Below the definition; null: the place is elsewhere in the file. */
function placeIn({ place }: WorkflowSource, at: PlaceInText | null): PlaceInText | null {
  if (at === null || place?.type !== "value") return null;
  const isBelow = place.path.every((step, index) => at.steps[index] === step);
  return isBelow ? { ...at, steps: at.steps.slice(place.path.length) } : null;
}
