// What the model and the Studio server say, in the language that is shown: findings, refusals, errors, subtitles, labels.
import type { Connection, Design, DesignResource } from "../../../model/design/design.ts";
import type { LayerView } from "../../../model/design/views/layer.ts";
import type { PictureView } from "../../../model/export/pictureView.ts";
import type { Problem } from "../../../model/problem.ts";
import { fill, wordsOf, type WordsValue } from "../../../model/words.ts";
import { asContinuation, tData, tForm, useLanguage } from "./texts.ts";

export function tWords(said: WordsValue): string {
  if (typeof said !== "object") return String(said);
  if (said.row !== undefined) return said.row.map(tWords).join(said.text);
  const count = said.values?.["count"];
  const text = typeof count === "number" ? tForm(said.text, count) : tData(said.text);
  return said.isWithin === true ? asContinuation(text) : fill(text, said.values, tWords);
}

export function problemText({ message, words }: Pick<Problem, "message" | "words">): string {
  return words === undefined ? message : tWords(words);
}

/** The words on the button that mends it. */
export function fixText({ title, words }: NonNullable<Problem["fix"]>): string {
  return words === undefined ? title : tWords(words);
}

/** The line under a resource's name. */
export function subtitleOf({ subtitle, subtitleWords }: Pick<DesignResource, "subtitle" | "subtitleWords">): string {
  return tWords(subtitleWords ?? subtitle);
}

/** What a connection carries. */
export function labelOf({ label, labelWords }: Pick<Connection, "label" | "labelWords">): string {
  return tWords(labelWords ?? label);
}

/** As it is shown, for pictures of it. */
export function designInLanguage(design: Design): Design {
  const resources = design.resources.map((one) => ({ ...one, subtitle: subtitleOf(one) }));
  return { ...design, resources, connections: connectionsInLanguage(design.connections) };
}

export function layerInLanguage({ connections, facts }: LayerView): Pick<PictureView, "connections" | "facts"> {
  return {
    connections: connections && new Map([...connections].map(([id, line]) => [id, tWords(line)])),
    facts: new Map([...facts].map(([id, fact]) => [id, { ...fact, text: tWords(fact.text) }])),
  };
}

/** With their labels as they are shown, for what needs to know how long these are. */
export function connectionsInLanguage(connections: readonly Connection[]): readonly Connection[] {
  if (useLanguage.getState().language === "en") return connections;
  return connections.map((one) => (one.labelWords === undefined ? one : { ...one, label: labelOf(one) }));
}

/** The words for a person, whatever was thrown. */
export function messageOf(error: unknown): string {
  return tWords(wordsOf(error));
}
