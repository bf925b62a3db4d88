import type { Subscription as ListedSubscription } from "@aws-sdk/client-sns";
import type { Database } from "../../storage/database.ts";
import { subscriptionNotFound } from "./errors.ts";
import type { FilterPolicy } from "./filter/filterPolicy.ts";
import { filterOf } from "./subscriptionAttributes.ts";
import type { SubscriptionAttributes } from "./subscriptionAttributes.ts";
import type { Topic } from "./topics.ts";

export const protocols = ["sqs", "lambda", "http", "https", "email", "email-json", "sms", "application", "firehose"] as const;
export type Protocol = (typeof protocols)[number];

export interface Subscription {
  readonly id: number;
  readonly arn: string;
  readonly topicId: number;
  readonly topicArn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  /** What a confirmation has to bring. */
  readonly token: string;
  readonly createdAt: number;
  state: SubscriptionState;
  attributes: SubscriptionAttributes;
  /** Read from its attributes; undefined: it takes every message. */
  filter: FilterPolicy | undefined;
}

/** authenticated: only its owner may end it. */
export type SubscriptionState = "pending" | "confirmed" | "authenticated";

interface SubscriptionRow {
  readonly id: number;
  readonly topic: number;
  readonly arn: string;
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: string;
  readonly token: string;
  readonly state: string;
  readonly created_at: number;
}

/** All subscriptions of the account: kept in memory, written through to the database. */
export class Subscriptions {
  readonly #byArn = new Map<string, Subscription>();
  readonly #byTopic = new Map<number, Subscription[]>();
  readonly #statements;

  constructor(database: Database) {
    this.#statements = {
      insert: database.prepare<[number, string, string, string, string, string, string, number]>(
        `INSERT INTO sns_subscriptions (topic, arn, protocol, endpoint, attributes, token, state, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      update: database.prepare<[string, string, number]>("UPDATE sns_subscriptions SET attributes = ?, state = ? WHERE id = ?"),
      delete: database.prepare<[number]>("DELETE FROM sns_subscriptions WHERE id = ?"),
    };
    for (const row of database.prepare<[], SubscriptionRow>("SELECT * FROM sns_subscriptions ORDER BY id").all()) this.#keep(row);
  }

  find(arn: string): Subscription | undefined {
    return this.#byArn.get(arn);
  }

  get(arn: string): Subscription {
    const subscription = this.#byArn.get(arn);
    if (!subscription) throw subscriptionNotFound();
    return subscription;
  }

  ofTopic(topic: Topic): readonly Subscription[] {
    return this.#byTopic.get(topic.id) ?? [];
  }

  all(): Subscription[] {
    return [...this.#byArn.values()];
  }

  create(topic: Topic, given: NewSubscription, now: number): Subscription {
    const { arn, protocol, endpoint, token, state } = given;
    const attributes = JSON.stringify(given.attributes);
    const { lastInsertRowid } = this.#statements.insert.run(topic.id, arn, protocol, endpoint, attributes, token, state, now);
    const row = { id: Number(lastInsertRowid), topic: topic.id, arn, protocol, endpoint, attributes, token, state, created_at: now };
    return this.#keep(row);
  }

  save(subscription: Subscription): void {
    this.#statements.update.run(JSON.stringify(subscription.attributes), subscription.state, subscription.id);
    subscription.filter = filterOf(subscription.attributes);
  }

  delete(subscription: Subscription): void {
    this.#statements.delete.run(subscription.id);
    this.#byArn.delete(subscription.arn);
    const others = (this.#byTopic.get(subscription.topicId) ?? []).filter((one) => one !== subscription);
    if (others.length > 0) this.#byTopic.set(subscription.topicId, others);
    else this.#byTopic.delete(subscription.topicId);
  }

  #keep(row: SubscriptionRow): Subscription {
    const attributes = JSON.parse(row.attributes) as SubscriptionAttributes;
    const subscription: Subscription = {
      id: row.id,
      arn: row.arn,
      topicId: row.topic,
      topicArn: row.arn.slice(0, row.arn.lastIndexOf(":")),
      protocol: row.protocol as Protocol,
      endpoint: row.endpoint,
      token: row.token,
      createdAt: row.created_at,
      state: row.state as SubscriptionState,
      attributes,
      filter: filterOf(attributes),
    };
    this.#byArn.set(subscription.arn, subscription);
    this.#byTopic.set(row.topic, [...(this.#byTopic.get(row.topic) ?? []), subscription]);
    return subscription;
  }
}

export interface NewSubscription {
  readonly arn: string;
  readonly protocol: Protocol;
  readonly endpoint: string;
  readonly token: string;
  readonly state: SubscriptionState;
  readonly attributes: SubscriptionAttributes;
}

export function countsOf(subscriptions: readonly Subscription[]): { readonly confirmed: number; readonly pending: number } {
  const pending = subscriptions.filter((subscription) => subscription.state === "pending").length;
  return { confirmed: subscriptions.length - pending, pending };
}

/** As the lists show one: its ARN is not told before it is confirmed. */
export function listed({ arn, state, topicArn, protocol, endpoint }: Subscription, accountId: string): ListedSubscription {
  return {
    SubscriptionArn: state === "pending" ? "PendingConfirmation" : arn,
    Owner: accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
