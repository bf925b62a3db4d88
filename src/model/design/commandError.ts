import { WordsError, type Words } from "../words.ts";

/** A design command that cannot be done, with the words for the person who asked for it. */
export class CommandError extends WordsError {
  constructor(what: Words) {
    super(what);
    this.name = "CommandError";
  }
}
