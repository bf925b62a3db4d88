// Activities: work that is offered to whoever asks for it.
import type { Kernel } from "../../kernel/service.ts";
import type { Database } from "../../storage/database.ts";
import { activityDoesNotExist } from "./errors.ts";

export interface ActivityRecord {
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

/** A task that waits for a worker. */
export interface Offer {
  readonly token: string;
  readonly input: string;
  /** False: its execution has ended or its time is over. */
  isOpen(): boolean;
  /** Resolves when it is written down who took it. */
  taken(workerName: string | undefined): Promise<void>;
}

export class Activity {
  readonly record: ActivityRecord;
  readonly #kernel: Kernel;
  readonly #offers: Offer[] = [];
  readonly #waiting: ((offer: Offer | undefined) => void)[] = [];

  constructor(record: ActivityRecord, kernel: Kernel) {
    this.record = record;
    this.#kernel = kernel;
  }

  offer(offer: Offer): void {
    const worker = this.#waiting.shift();
    if (worker === undefined) this.#offers.push(offer);
    else worker(offer);
  }

  /** The next task, or undefined after `seconds`. */
  take(seconds: number, signal: AbortSignal | undefined): Promise<Offer | undefined> {
    for (let offer = this.#offers.shift(); offer !== undefined; offer = this.#offers.shift())
      if (offer.isOpen()) return Promise.resolve(offer);
    return new Promise((resolve) => {
      const { clock } = this.#kernel;
      const settle = (offer: Offer | undefined): void => {
        cancel();
        signal?.removeEventListener("abort", leave);
        const index = this.#waiting.indexOf(settle);
        if (index >= 0) this.#waiting.splice(index, 1);
        resolve(offer);
      };
      const leave = (): void => settle(undefined);
      const cancel = clock.at(clock.now() + seconds * 1000, { title: `${this.record.name} long poll`, isQuiet: true }, leave);
      this.#waiting.push(settle);
      signal?.addEventListener("abort", leave, { once: true });
      if (signal?.aborted === true) leave();
    });
  }

  /** Lets everyone go who waits for work. */
  close(): void {
    while (this.#waiting.length > 0) this.#waiting.shift()?.(undefined);
  }

  get waitingTasks(): number {
    return this.#offers.length;
  }
}

export class Activities {
  readonly #kernel: Kernel;
  readonly #byArn = new Map<string, Activity>();
  readonly #statements;

  constructor(database: Database, kernel: Kernel) {
    this.#kernel = kernel;
    this.#statements = {
      put: database.prepare<[string, string, string]>("INSERT OR REPLACE INTO states_activities (region, name, record) VALUES (?, ?, ?)"),
      delete: database.prepare<[string, string]>("DELETE FROM states_activities WHERE region = ? AND name = ?"),
    };
    for (const { record } of database.prepare<[], { record: string }>("SELECT record FROM states_activities").all())
      this.#keep(JSON.parse(record) as ActivityRecord);
  }

  all(region?: string): Activity[] {
    return [...this.#byArn.values()].filter(({ record }) => region === undefined || record.region === region);
  }

  find(arn: string): Activity | undefined {
    return this.#byArn.get(arn);
  }

  get(arn: string): Activity {
    const activity = this.find(arn);
    if (activity === undefined) throw activityDoesNotExist(arn);
    return activity;
  }

  /** Creates it, or gives its record other tags. */
  save(record: ActivityRecord): void {
    this.#statements.put.run(record.region, record.name, JSON.stringify(record));
    const known = this.#byArn.get(record.arn);
    if (known === undefined) this.#keep(record);
    else Object.assign(known, { record });
  }

  delete(activity: Activity): void {
    const { region, name, arn } = activity.record;
    this.#statements.delete.run(region, name);
    this.#byArn.delete(arn);
    activity.close();
  }

  close(): void {
    for (const activity of this.#byArn.values()) activity.close();
  }

  #keep(record: ActivityRecord): void {
    this.#byArn.set(record.arn, new Activity(record, this.#kernel));
  }
}
