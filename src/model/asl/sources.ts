/** Where expressions take randomness, time and other things from that are not pure: all of it from the kernel. */
export interface Sources {
  /** A version 4 UUID. */
  readonly uuid: () => string;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** The virtual clock, milliseconds since 1970. */
  readonly now: () => number;
  /** The hash of a text's UTF-8 bytes in lower-case hexadecimal; `algorithm` is MD5, SHA-1, SHA-256, SHA-384 or SHA-512. */
  readonly digest: (algorithm: string, text: string) => string;
  /** Real time in milliseconds: only to stop expressions that take too long. */
  readonly elapsed: () => number;
  /** Lets other work run: awaited every few milliseconds while a long JSONata expression is evaluated. */
  readonly pause: () => Promise<void>;
}
