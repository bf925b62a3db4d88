import { apigatewayLimits } from "../../limits/apigateway.ts";
import { lambdaLimits } from "../../limits/lambda.ts";
import type { Connection } from "../design.ts";
import { groupBy } from "../layers.ts";
import { numberOf } from "../view.ts";
import { isFunctionType } from "../kinds.ts";
import type { CheckInput } from "./report.ts";
import { words } from "../../words.ts";

export function checkApis(input: CheckInput): void {
  checkDuplicates(input);
  checkTimeouts(input);
  checkRouteCounts(input);
}

/** One route can lead to one place only: SAM refuses a REST API, and lets one of an HTTP API's two win. */
function checkDuplicates({ design, view, report }: CheckInput): void {
  const routed = design.connections.filter((connection) => connection.kind === "trigger" && connection.fromRoute !== undefined);
  for (const same of groupBy(routed, (connection) => `${connection.from} ${connection.fromRoute}`).values()) {
    // An OpenAPI document may say a route that an event says too; and of two with conditions one may be left out.
    const places = same
      .filter((connection) => view.resources.get(connection.to)?.written["Condition"] === undefined)
      .flatMap((connection) => connection.writtenAt.filter((path) => path[3] === "Events").map((path) => ({ connection, path })));
    const [first, ...others] = places;
    if (!first) continue;
    for (const { connection, path } of others) {
      report({
        severity: "error",
        rule: "design.duplicate-route",
        message: words("{{api}} has the route {{route}} twice: for {{first}} and for {{second}}. Change one of them.", {
          api: connection.from,
          route: connection.fromRoute ?? "",
          first: first.connection.to,
          second: connection.to,
        }),
        path,
      });
    }
  }
}

/** A caller is answered at the API's limit, whatever the function does after it. */
function checkTimeouts({ design, view, report }: CheckInput): void {
  const told = new Set<string>();
  for (const connection of design.connections) {
    const limit = limitOf(connection, design.resources.find((resource) => resource.id === connection.from)?.type);
    const target = view.resources.get(connection.to);
    if (limit === undefined || !target || !isFunctionType(target.type) || told.has(target.id)) continue;
    const timeout = numberOf(target.properties["Timeout"] ?? lambdaLimits.timeoutSecondsDefault.value);
    if (timeout === undefined || timeout <= limit) continue;
    told.add(target.id);
    report({
      severity: "info",
      rule: "design.timeout-beyond-api",
      message: words("{{target}} may take {{timeout}} s, but {{api}} waits {{limit}} s at most and then answers that it timed out.", {
        target: target.id,
        timeout,
        api: connection.from,
        limit,
      }),
      path: [...target.path, "Properties", "Timeout"],
      fix: {
        title: words("Set the timeout to {{limit}} s", { limit }),
        command: { type: "setProperty", id: target.id, path: "Properties.Timeout", value: limit },
      },
    });
  }
}

function limitOf(connection: Connection, apiType: string | undefined): number | undefined {
  if (connection.kind !== "trigger" || connection.fromRoute === undefined) return undefined;
  const isHttp = apiType === "AWS::Serverless::HttpApi" || apiType === "AWS::ApiGatewayV2::Api";
  const milliseconds = isHttp
    ? apigatewayLimits.httpIntegrationTimeoutMillisecondsMax
    : apigatewayLimits.restIntegrationTimeoutMillisecondsMax;
  return milliseconds.value / 1000;
}

function checkRouteCounts({ design, report }: CheckInput): void {
  for (const api of design.resources) {
    if (api.routes.length <= apigatewayLimits.routesPerHttpApi.value) continue;
    const message = words("{{api}} has {{count}} routes; accounts begin with {{most}} for one API.", {
      api: api.id,
      count: api.routes.length,
      most: apigatewayLimits.routesPerHttpApi.value,
    });
    report({ severity: "warning", rule: "design.many-routes", message, path: api.path });
  }
}
