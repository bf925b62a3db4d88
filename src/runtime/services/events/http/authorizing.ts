// A connection with client credentials is AUTHORIZING until it was given its first access token, or refused one.
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call, Caller } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import type { Authorization, Connection } from "./connections.ts";

const delayMilliseconds = 2_000;

export function stateAtFirst({ type }: Authorization): Connection["state"] {
  return type === "OAUTH_CLIENT_CREDENTIALS" ? "AUTHORIZING" : "AUTHORIZED";
}

/** Asks for the first token soon after the connection was made or changed. */
export function authorizeSoon(events: Events, { arn, name }: Connection, call: Call): void {
  const caller: Caller = { cause: call.span, actor: call.actor, region: call.region, accountId: call.accountId };
  call.kernel.clock.at(
    call.now() + delayMilliseconds,
    { title: `Connection ${name}`, isQuiet: true },
    () => void authorize(events, arn, caller),
  );
}

async function authorize(events: Events, arn: string, caller: Caller): Promise<void> {
  const connection = events.connections.findByArn(arn);
  if (connection?.state !== "AUTHORIZING" || connection.authorization.type !== "OAUTH_CLIENT_CREDENTIALS") return;
  const { authorization } = connection;
  try {
    await events.environment.kernel.work(
      {
        kind: "delivery",
        service: "events",
        operation: "Authorize",
        target: { service: "events", type: "AWS::Events::Connection", name: connection.name, region: connection.region },
        input: { Connection: connection.name },
        run: (_input, call) => events.tokens.header(connection, authorization, call),
      },
      caller,
    );
    settle(events, arn, undefined);
  } catch (error) {
    // A fault of our own was told by the span.
    settle(events, arn, error instanceof AwsError ? error.message : `${authorization.endpoint} could not be reached.`);
  }
}

/** `refusal` undefined: it has a token. Refused it keeps its credentials, and a later request may still be given one. */
export function settle(events: Events, arn: string, refusal: string | undefined): void {
  const connection = events.connections.findByArn(arn);
  if (connection === undefined || (refusal === undefined && connection.state === "AUTHORIZED")) return;
  const { stateReason: _before, ...rest } = connection;
  if (refusal === undefined) events.connections.save({ ...rest, state: "AUTHORIZED", authorizedAt: events.environment.kernel.clock.now() });
  else events.connections.save({ ...rest, state: "DEAUTHORIZED", stateReason: refusal });
}
