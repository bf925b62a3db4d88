/** A design command that cannot be done, with the words for the person who asked for it. */
export class CommandError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "CommandError";
  }
}
