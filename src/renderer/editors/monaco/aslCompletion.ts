// Completion in the texts in which state machines are written: files of their own, and definitions in the template.
import type { editor } from "monaco-editor/editor";
import { completeDefinition } from "../../../model/asl/complete/definition.ts";
import { placeInJson, type PlaceInText } from "../../../model/asl/complete/placeInJson.ts";
import { placeInYaml } from "../../../model/asl/complete/placeInYaml.ts";
import type { Suggestion } from "../../../model/asl/complete/suggestion.ts";
import { stateMachineTypes, workflowSource, type WorkflowSource } from "../../../model/design/workflows/workflowSource.ts";
import type { JsonObject } from "../../../model/json.ts";
import { useDesign } from "../../app/stores/design.ts";
import { localText } from "../../app/stores/localTexts.ts";
import { samplesOfVisit, visitOf } from "../../workflow/testState/visits.ts";
import { completeModels } from "./completions.ts";
import { pathOf } from "./models.ts";

interface Written {
  readonly machine: string;
  readonly source: WorkflowSource;
  readonly resources: readonly { readonly value: string; readonly detail: string }[];
}

/** Of each machine the definition that could be read last: while one types, the text often cannot be. */
const lastGood = new Map<string, JsonObject>();

export function registerAslCompletion(): void {
  completeModels(complete);
}

function complete(model: editor.ITextModel, text: string, offset: number): readonly Suggestion[] | null {
  const path = pathOf(model.uri);
  const isYaml = model.getLanguageId() === "yaml";
  for (const { machine, source, resources } of writtenIn(path)) {
    const place = placeIn(source, isYaml ? placeInYaml(text, offset) : placeInJson(text, offset));
    if (place === null) continue;
    const definition = source.definition ?? lastGood.get(machine) ?? {};
    lastGood.set(machine, definition);
    const samplesOf = (state: string): ReturnType<typeof samplesOfVisit> => samplesOfVisit(visitOf(machine, state));
    return completeDefinition({ text, offset, place, isYaml, definition, resources, samplesOf });
  }
  return null;
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
      const substituted = typeof names === "object" && names !== null ? Object.keys(names) : [];
      return [
        {
          machine: resource.id,
          source,
          resources: [
            ...substituted.map((name) => ({ value: `\${${name}}`, detail: "substitution" })),
            ...optimised.map((name) => ({ value: `arn:aws:states:::${name}`, detail: "integration" })),
          ],
        },
      ];
    });
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html: those that run here. */
const optimised = [
  "lambda:invoke",
  "dynamodb:getItem",
  "dynamodb:putItem",
  "dynamodb:updateItem",
  "dynamodb:deleteItem",
  "sqs:sendMessage",
  "sns:publish",
  "events:putEvents",
  "states:startExecution",
];

/** Below the definition; null: the place is elsewhere in the file. */
function placeIn({ place }: WorkflowSource, at: PlaceInText | null): PlaceInText | null {
  if (at === null || place?.type !== "value") return null;
  const isBelow = place.path.every((step, index) => at.steps[index] === step);
  return isBelow ? { ...at, steps: at.steps.slice(place.path.length) } : null;
}
