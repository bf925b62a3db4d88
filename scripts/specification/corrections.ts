import type { PropertyType } from "../../src/model/schema/schema.ts";

/** Where the translator takes more, or other things, than its JSON schema says; by resource type (without AWS::Serverless) and path. */
export const corrections: Readonly<Record<string, PropertyType>> = {
  // One text, or a list that its first is taken of.
  "Api.EndpointConfiguration.Type": { any: [["EDGE", "REGIONAL", "PRIVATE"], { list: ["EDGE", "REGIONAL", "PRIVATE"] }] },
  "Api.EndpointConfiguration.VpcEndpointIds": { list: "string" },
  "Api.Globals.EndpointConfiguration": { any: ["string", "#EndpointConfiguration"] },
  "Api.EndpointConfiguration": { any: ["string", "#EndpointConfiguration"] },
  "Api.CognitoAuthorizer.UserPoolArn": { any: ["string", { list: "string" }] },
  "Api.ResourcePolicy.CustomStatements": "json",
  "Function.ResourcePolicy.CustomStatements": "json",
  "StateMachine.ResourcePolicy.CustomStatements": "json",
  "HttpApi.CorsConfiguration": { any: ["boolean", "#AWS::ApiGatewayV2::Api.Cors"] },
  "HttpApi.Globals.CorsConfiguration": { any: ["boolean", "#AWS::ApiGatewayV2::Api.Cors"] },
  "Function.FunctionUrlConfig.AuthType": ["NONE", "AWS_IAM"],
  // Beside the destination's ARN, SAM is told its kind, to write the policy.
  "Function.KinesisEventProperties.DestinationConfig": "json",
  "Function.DynamoDBEventProperties.DestinationConfig": "json",
  "Function.MSKEventProperties.DestinationConfig": "json",
  "Function.SelfManagedKafkaEventProperties.DestinationConfig": "json",
  "Function.S3EventProperties.Events": { any: ["string", { list: "string" }] },
  "SimpleTable.PrimaryKey.Type": ["String", "Number", "Binary", "S", "N", "B"],
  "StateMachine.Type": ["STANDARD", "EXPRESS"],
  "StateMachine.Logging": "#AWS::StepFunctions::StateMachine.LoggingConfiguration",
  "StateMachine.Tracing": "#AWS::StepFunctions::StateMachine.TracingConfiguration",
  "StateMachine.Role": "string",
  "StateMachine.Name": "string",
};
