// Help while writing template.yaml: logical IDs and attributes behind !Ref, !GetAtt and !Sub, and what they are on hover.
import { languages, Range, type editor } from "monaco-editor/editor";
import type { DesignResource } from "../../../model/design/design.ts";
import { definitionOf } from "../../../runtime/services/definitions.ts";
import { lookOf } from "../../app/resourceTypes.ts";
import { useDesign } from "../../app/stores/design.ts";
import { useDocuments } from "../../app/stores/documents.ts";
import { pathOf } from "./models.ts";
import { t } from "../../app/texts/texts.ts";
import { subtitleOf } from "../../app/texts/words.ts";

const pseudoParameters = [
  "AWS::AccountId",
  "AWS::Region",
  "AWS::StackName",
  "AWS::Partition",
  "AWS::URLSuffix",
  "AWS::StackId",
  "AWS::NoValue",
];

export function registerTemplateLanguage(): void {
  for (const language of ["yaml", "json"]) {
    languages.registerCompletionItemProvider(language, { triggerCharacters: [" ", ".", "{", '"'], provideCompletionItems: complete });
    languages.registerHoverProvider(language, { provideHover: hover });
  }
}

function isTemplate(model: editor.ITextModel): boolean {
  return useDocuments.getState().templatePath === pathOf(model.uri);
}

const resources = (): readonly DesignResource[] => useDesign.getState().design.resources;

function complete(model: editor.ITextModel, position: { lineNumber: number; column: number }): languages.CompletionList {
  const none = { suggestions: [] };
  if (!isTemplate(model)) return none;
  const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
  const attribute = /(?:!GetAtt\s+|\$\{)([A-Za-z0-9]+)\.([\w.]*)$/.exec(before);
  if (attribute !== null) {
    const [, id = "", typed = ""] = attribute;
    return {
      suggestions: attributesOf(id).map((name) =>
        item(name, typed, position, languages.CompletionItemKind.Property, t("Attribute of {{id}}", { id })),
      ),
    };
  }
  const reference = /(?:!Ref\s+|!GetAtt\s+|"?Ref"?:\s*"?|DependsOn:\s*|\$\{)([\w:]*)$/.exec(before);
  if (reference === null) return none;
  const typed = reference[1] ?? "";
  const isGetAtt = before.includes("!GetAtt");
  const parameters = Object.keys(parametersOf());
  return {
    suggestions: [
      ...resources().map((resource) => item(resource.id, typed, position, languages.CompletionItemKind.Class, lookOf(resource.type).title)),
      ...(isGetAtt ? [] : parameters.map((name) => item(name, typed, position, languages.CompletionItemKind.Variable, t("Parameter")))),
      ...(isGetAtt
        ? []
        : pseudoParameters.map((name) => item(name, typed, position, languages.CompletionItemKind.Constant, t("Pseudo parameter")))),
    ],
  };
}

function item(
  label: string,
  typed: string,
  position: { lineNumber: number; column: number },
  kind: languages.CompletionItemKind,
  detail: string,
): languages.CompletionItem {
  const range = new Range(position.lineNumber, position.column - typed.length, position.lineNumber, position.column);
  return { label, kind, detail, insertText: label, range };
}

function attributesOf(id: string): readonly string[] {
  const resource = resources().find((one) => one.id === id);
  return resource === undefined ? [] : (definitionOf(resource.type)?.attributes ?? ["Arn"]);
}

function parametersOf(): Record<string, unknown> {
  const parameters = useDesign.getState().document?.value["Parameters"];
  return typeof parameters === "object" && parameters !== null && !Array.isArray(parameters) ? parameters : {};
}

function hover(model: editor.ITextModel, position: { lineNumber: number; column: number }): languages.Hover | null {
  if (!isTemplate(model)) return null;
  const word = model.getWordAtPosition(position);
  const resource = word === null ? undefined : resources().find((one) => one.id === word.word);
  if (word === null || resource === undefined) return null;
  const definition = definitionOf(resource.type);
  const lines = [`**${resource.id}** · ${lookOf(resource.type).title}`, subtitleOf(resource)];
  if (definition !== undefined) lines.push(t("`!Ref` gives its {{refGives}}.", { refGives: definition.refGives }));
  if (definition !== undefined && definition.attributes.length > 0)
    lines.push(t("`!GetAtt` gives {{attributes}}.", { attributes: definition.attributes.map((name) => `\`${name}\``).join(", ") }));
  if (!resource.runs) lines.push(t("Kept and drawn, not run locally yet."));
  return {
    range: new Range(position.lineNumber, word.startColumn, position.lineNumber, word.endColumn),
    contents: lines.filter((line) => line !== "").map((value) => ({ value })),
  };
}
