import { limitTable } from "./limit.ts";

const quotas = { url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html", checkedOn: "2026-08-10" };
const webSocket = {
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html",
  checkedOn: "2026-08-10",
};
const cache = { url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html", checkedOn: "2026-08-10" };

export const apigatewayLimits = limitTable("apigateway", {
  payloadBytes: [10_485_760, "bytes", "hard", quotas],
  restIntegrationTimeoutMillisecondsMin: [50, "ms", "hard", quotas],
  restIntegrationTimeoutMillisecondsMax: [29_000, "ms", "soft", quotas],
  httpIntegrationTimeoutMillisecondsMin: [50, "ms", "hard", quotas],
  httpIntegrationTimeoutMillisecondsMax: [30_000, "ms", "hard", quotas],
  webSocketIntegrationTimeoutMillisecondsMax: [29_000, "ms", "hard", webSocket],
  webSocketMessageBytes: [131_072, "bytes", "hard", webSocket],
  webSocketFrameBytes: [32_768, "bytes", "hard", webSocket],
  webSocketIdleSeconds: [600, "s", "hard", webSocket],
  webSocketLifetimeSeconds: [7_200, "s", "hard", webSocket],
  requestsPerSecond: [10_000, "requests/s", "soft", quotas],
  burstRequests: [5_000, "requests", "soft", quotas],
  routesPerHttpApi: [300, "routes", "soft", quotas],
  resourcesPerRestApi: [300, "resources", "soft", quotas],
  stagesPerApi: [10, "stages", "soft", quotas],
  stageVariables: [100, "variables", "hard", quotas],
  authorizerCacheSecondsDefault: [300, "s", "hard", quotas],
  authorizerCacheSecondsMax: [3_600, "s", "hard", quotas],
  cacheSecondsDefault: [300, "s", "hard", cache],
  cacheSecondsMax: [3_600, "s", "hard", cache],
});
