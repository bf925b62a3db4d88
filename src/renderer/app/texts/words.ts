// What the model and the Studio server say, in the language that is shown: findings, refusals, errors, subtitles, labels.
import type { Problem } from "../../../model/problem.ts";
import { fill, wordsOf, type WordsValue } from "../../../model/words.ts";
import { asContinuation, tData } from "./texts.ts";

export function tWords(said: WordsValue): string {
  if (typeof said !== "object") return String(said);
  const text = tData(said.text);
  return said.isWithin === true ? asContinuation(text) : fill(text, said.values, tWords);
}

export function problemText({ message, words }: Pick<Problem, "message" | "words">): string {
  return words === undefined ? message : tWords(words);
}

/** The words on the button that mends it. */
export function fixText({ title, words }: NonNullable<Problem["fix"]>): string {
  return words === undefined ? title : tWords(words);
}

/** The words for a person, whatever was thrown. */
export function messageOf(error: unknown): string {
  return tWords(wordsOf(error));
}
