import type { Clock } from "../../../kernel/service.ts";
import { Environment } from "./environment.ts";
import type { Launch } from "./environment.ts";

/** A spare nobody took is not worth its memory. */
const unusedMilliseconds = 60_000;

/** Keeps one process started ahead, alike to the last one taken, so that a cold start only loads the handler. */
export class Spares {
  readonly #clock: Clock;
  #spare: Environment | undefined;
  #cancelExpiry: (() => void) | undefined;
  #isStopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  take(launch: Launch): Environment {
    const spare = this.#spare;
    if (spare !== undefined && spare.launch.key === launch.key && spare.state === "spare") {
      this.#spare = undefined;
      this.#cancelExpiry?.();
      return spare;
    }
    return new Environment(launch);
  }

  /** Starts the next one; called when an environment is up, so that both do not start at once. */
  prepare(launch: Launch): void {
    if (this.#isStopped || this.#spare?.launch.key === launch.key) return;
    this.#drop();
    const spare = new Environment(launch);
    spare.onEnded = () => {
      if (this.#spare === spare) this.#spare = undefined;
    };
    this.#spare = spare;
    this.#cancelExpiry = this.#clock.limit(unusedMilliseconds, () => this.#drop());
  }

  stop(): void {
    this.#isStopped = true;
    this.#drop();
  }

  #drop(): void {
    this.#cancelExpiry?.();
    this.#cancelExpiry = undefined;
    this.#spare?.kill("retired");
    this.#spare = undefined;
  }
}
