import type { JsonObject } from "../../../../model/json.ts";
import { NotRunLocally } from "../../../kernel/notRunLocally.ts";
import type { Call } from "../../../kernel/service.ts";
import type { RestApi } from "../apis.ts";
import { isTrue, listOf, objectOf, textOf, textsOf } from "../values.ts";
import { binaryMediaTypesOf, partsOfBody } from "./body.ts";

export interface RestApiSource {
  /** As CloudFormation names them. */
  readonly properties: JsonObject;
  /** Its name where it has no other. */
  readonly logicalId: string;
}

export function newRestApi(source: RestApiSource, call: Call): RestApi {
  const rootResourceId = call.kernel.ids.base36(10).toLowerCase();
  const empty: RestApi = {
    kind: "rest",
    id: call.kernel.ids.base36(10).toLowerCase(),
    region: call.region,
    name: "",
    createdAt: call.now(),
    isDefaultEndpointDisabled: false,
    tags: {},
    stages: [],
    deployments: [],
    rootResourceId,
    binaryMediaTypes: [],
    endpointTypes: [],
    resources: [{ id: rootResourceId, path: "/" }],
    methods: [],
    gatewayResponses: {},
  };
  return { ...empty, ...describeRestApi(source, empty, call) };
}

/** What the properties say about the API itself; resources and methods made one by one stay. */
export function describeRestApi({ properties, logicalId }: RestApiSource, old: RestApi, call: Call): Partial<RestApi> {
  for (const source of ["BodyS3Location", "CloneFrom"]) {
    if (properties[source] !== undefined)
      throw new NotRunLocally(
        "BadRequestException",
        `${logicalId} is made from ${source}, which is not run locally yet. Put an OpenAPI document into Body.`,
      );
  }
  const body = objectOf(properties.Body);
  const info = objectOf(body.info);
  const made =
    Object.keys(body).length > 0
      ? partsOfBody(body, old.rootResourceId, call.kernel.ids)
      : { resources: [{ id: old.rootResourceId, path: "/" }], methods: [], gatewayResponses: {} };
  const description = textOf(properties.Description) ?? textOf(info.description);
  return {
    name: textOf(properties.Name) ?? textOf(info.title) ?? logicalId,
    ...(description !== undefined && { description }),
    isDefaultEndpointDisabled: isTrue(properties.DisableExecuteApiEndpoint),
    binaryMediaTypes: [...textsOf(properties.BinaryMediaTypes), ...binaryMediaTypesOf(body)],
    endpointTypes: textsOf(objectOf(properties.EndpointConfiguration).Types),
    tags: Object.fromEntries(listOf(properties.Tags).map((tag) => [textOf(objectOf(tag).Key) ?? "", textOf(objectOf(tag).Value) ?? ""])),
    resources: [...made.resources, ...old.resources.filter((one) => !one.isFromBody && one.id !== old.rootResourceId)],
    methods: [...old.methods.filter((method) => !method.isFromBody), ...made.methods],
    gatewayResponses: {
      ...Object.fromEntries(Object.entries(old.gatewayResponses).filter(([, response]) => !response.isFromBody)),
      ...made.gatewayResponses,
    },
  };
}
