import type { Kernel } from "../../kernel/service.ts";

type Label = Parameters<Kernel["clock"]["at"]>[1];

/** The next moment at which something is to be done, on the virtual clock: of all that are asked for, the earliest. */
export class NextMoment {
  readonly #kernel: Kernel;
  readonly #label: Label;
  readonly #work: () => Promise<void>;
  #waiting: { readonly at: number; readonly cancel: () => void } | undefined;
  #isStopped = false;

  constructor(kernel: Kernel, label: Label, work: () => Promise<void>) {
    this.#kernel = kernel;
    this.#label = label;
    this.#work = work;
  }

  expect(at: number): void {
    if (this.#isStopped || (this.#waiting !== undefined && this.#waiting.at <= at)) return;
    this.#waiting?.cancel();
    const cancel = this.#kernel.clock.at(at, this.#label, () => {
      this.#waiting = undefined;
      // What fails there has been told by the kernel.
      this.#work().catch(() => {});
    });
    this.#waiting = { at, cancel };
  }

  stop(): void {
    this.#isStopped = true;
    this.#waiting?.cancel();
    this.#waiting = undefined;
  }
}
