import type { ConnectionAuthResponseParameters, ConnectionHttpParameters } from "@aws-sdk/client-eventbridge";
import type { ApiDestination } from "./apiDestinations.ts";
import type { Connection } from "./connections.ts";

// Connections and API destinations as the API shows them: without their secrets.

export function describeConnection(connection: Connection) {
  return {
    ...stateOf(connection),
    CreationTime: new Date(connection.createdAt),
    LastModifiedTime: new Date(connection.modifiedAt),
    LastAuthorizedTime: new Date(connection.authorizedAt),
  };
}

export function stateOf({ arn, state }: Connection) {
  return { ConnectionArn: arn, ConnectionState: state };
}

export function describeAuthorization({ authorization, parameters }: Connection): ConnectionAuthResponseParameters {
  const sent = parameters === undefined ? {} : { InvocationHttpParameters: withoutSecrets(parameters) };
  switch (authorization.type) {
    case "BASIC":
      return { BasicAuthParameters: { Username: authorization.username }, ...sent };
    case "API_KEY":
      return { ApiKeyAuthParameters: { ApiKeyName: authorization.name }, ...sent };
    case "OAUTH_CLIENT_CREDENTIALS":
      return {
        OAuthParameters: {
          ClientParameters: { ClientID: authorization.clientId },
          AuthorizationEndpoint: authorization.endpoint,
          HttpMethod: authorization.method,
          ...(Object.keys(authorization.parameters).length > 0 && { OAuthHttpParameters: withoutSecrets(authorization.parameters) }),
        },
        ...sent,
      };
  }
}

function withoutSecrets(parameters: ConnectionHttpParameters): ConnectionHttpParameters {
  const shown = <Parameter extends { readonly IsValueSecret?: boolean | undefined; readonly Value?: string | undefined }>(
    list: readonly Parameter[] | undefined,
  ): Parameter[] | undefined =>
    list?.map((parameter) => {
      if (parameter.IsValueSecret !== true) return parameter;
      const { Value: _secret, ...rest } = parameter;
      return rest as Parameter;
    });
  return {
    ...(parameters.HeaderParameters !== undefined && { HeaderParameters: shown(parameters.HeaderParameters) }),
    ...(parameters.QueryStringParameters !== undefined && { QueryStringParameters: shown(parameters.QueryStringParameters) }),
    ...(parameters.BodyParameters !== undefined && { BodyParameters: shown(parameters.BodyParameters) }),
  };
}

/** `connection` undefined: it is gone. */
export function describeDestination(destination: ApiDestination, connection: Connection | undefined) {
  return {
    ApiDestinationArn: destination.arn,
    Name: destination.name,
    ApiDestinationState: connection?.state === "AUTHORIZED" ? ("ACTIVE" as const) : ("INACTIVE" as const),
    ConnectionArn: destination.connectionArn,
    InvocationEndpoint: destination.endpoint,
    HttpMethod: destination.method,
    InvocationRateLimitPerSecond: destination.ratePerSecond,
    CreationTime: new Date(destination.createdAt),
    LastModifiedTime: new Date(destination.modifiedAt),
  };
}
