import type { Clock } from "../../../kernel/service.ts";
import { Environment } from "./environment.ts";
import type { Launch } from "./environment.ts";

/** A spare nobody took is not worth its memory. */
const unusedMilliseconds = 30_000;
/** The next one starts when the invocation that took the last has had its turn. */
const delayMilliseconds = 100;

/** Keeps one process started ahead, alike to the last one taken, so that a cold start only loads the handler. */
export class Spares {
  readonly #clock: Clock;
  #spare: Environment | undefined;
  #cancelExpiry: (() => void) | undefined;
  #cancelStart: (() => void) | undefined;
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

  /** Has the next one started soon; called when an environment is up, so that both do not start at once. */
  prepare(launch: Launch): void {
    if (this.#isStopped || this.#spare?.launch.key === launch.key) return;
    this.#cancelStart?.();
    this.#cancelStart = this.#clock.limit(delayMilliseconds, () => this.#start(launch));
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancelStart?.();
    this.#drop();
  }

  #start(launch: Launch): void {
    this.#drop();
    const spare = new Environment(launch);
    spare.onEnded = () => {
      if (this.#spare === spare) this.#spare = undefined;
    };
    this.#spare = spare;
    this.#cancelExpiry = this.#clock.limit(unusedMilliseconds, () => this.#drop());
  }

  #drop(): void {
    this.#cancelExpiry?.();
    this.#cancelExpiry = undefined;
    this.#spare?.kill("retired");
    this.#spare = undefined;
  }
}
