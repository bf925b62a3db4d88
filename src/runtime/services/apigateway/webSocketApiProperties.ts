import type { PropertyDefinition } from "../../../model/service.ts";
import { definition, description, disableDefaultEndpoint, name } from "./sharedProperties.ts";

// The inspector's form for WebSocket APIs, in SAM's words.

export const webSocketApiProperties: readonly PropertyDefinition[] = [
  {
    path: "RouteSelectionExpression",
    title: "Route selection",
    section: definition,
    help: 'Which member of a message names its route: $request.body.action takes {"action":"say"} to the route say.',
    control: { type: "text", placeholder: "$request.body.action" },
    required: true,
  },
  {
    path: "Routes",
    title: "Routes",
    section: definition,
    help: "A function for each route key; $connect, $disconnect and $default are API Gateway's own.",
    control: { type: "json" },
  },
  {
    path: "StageName",
    title: "Stage",
    section: definition,
    help: "The path below which clients connect.",
    control: { type: "text" },
    defaultValue: "default",
  },
  name("Name"),
  description,
  disableDefaultEndpoint,
];
