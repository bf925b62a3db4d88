// What a connector between two types of resources grants, and by what means.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
import type { Json, JsonObject } from "../../json.ts";

export type ConnectorAccess = "Read" | "Write";

export interface ConnectorProfile {
  /** A policy of the role of one side, or a policy of the destination itself. */
  readonly means: "rolePolicy" | "queuePolicy" | "topicPolicy" | "lambdaPermission";
  /** Whose role or policy it is. */
  readonly of: "source" | "destination";
  /** Statements of the policy; of a permission, its properties. */
  readonly access: Readonly<Partial<Record<ConnectorAccess, readonly JsonObject[]>>>;
  /** The permissions that go together; any that there are otherwise. */
  readonly combinations?: readonly (readonly ConnectorAccess[])[];
  /** What must wait for the policy. */
  readonly dependent?: "eventSourceMapping" | "source";
}

const source = "%{Source.Arn}";
const destination = "%{Destination.Arn}";
const place = "${AWS::Region}:${AWS::AccountId}";

function allow(actions: string, ...on: readonly string[]): JsonObject {
  return { Effect: "Allow", Action: actions.split(" "), Resource: [...on] };
}

/** The source's role may do this. */
function sourceRole(access: ConnectorProfile["access"], others: Partial<ConnectorProfile> = {}): ConnectorProfile {
  return { means: "rolePolicy", of: "source", access, ...others };
}

/** The function's resource policy lets the source invoke it. */
function permission(service: string, sourceArn: string, others: JsonObject = {}): ConnectorProfile {
  const properties = { Action: "lambda:InvokeFunction", Principal: `${service}.amazonaws.com`, SourceArn: sourceArn, ...others };
  return { means: "lambdaPermission", of: "destination", access: { Write: [properties] } };
}

/** The destination's policy lets the source's service send, when it acts for the source. */
function resourcePolicy(means: "queuePolicy" | "topicPolicy", service: string): ConnectorProfile {
  const statement: JsonObject = {
    Effect: "Allow",
    Principal: { Service: `${service}.amazonaws.com` },
    Resource: destination,
    Action: means === "queuePolicy" ? "sqs:SendMessage" : "sns:Publish",
    Condition: { ArnEquals: { "aws:SourceArn": source } },
  };
  return { means, of: "destination", access: { Write: [statement] } };
}

const invocation = sourceRole({ Write: [allow("lambda:InvokeAsync lambda:InvokeFunction", destination)] });
const publication = sourceRole({ Write: [allow("sns:Publish", destination)] });
const events = sourceRole({ Write: [allow("events:PutEvents", destination)] });

const bucket = sourceRole({
  Read: [
    allow(
      "s3:GetObject s3:GetObjectAcl s3:GetObjectLegalHold s3:GetObjectRetention s3:GetObjectTorrent s3:GetObjectVersion " +
        "s3:GetObjectVersionAcl s3:GetObjectVersionForReplication s3:GetObjectVersionTorrent s3:ListBucket s3:ListBucketMultipartUploads " +
        "s3:ListBucketVersions s3:ListMultipartUploadParts",
      destination,
      `${destination}/*`,
    ),
  ],
  Write: [
    allow(
      "s3:AbortMultipartUpload s3:DeleteObject s3:DeleteObjectVersion s3:PutObject s3:PutObjectLegalHold s3:PutObjectRetention s3:RestoreObject",
      destination,
      `${destination}/*`,
    ),
  ],
});

const table = sourceRole({
  Read: [
    allow(
      "dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:BatchGetItem dynamodb:ConditionCheckItem dynamodb:PartiQLSelect",
      destination,
      `${destination}/index/*`,
    ),
  ],
  Write: [
    allow(
      "dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:BatchWriteItem dynamodb:PartiQLDelete dynamodb:PartiQLInsert " +
        "dynamodb:PartiQLUpdate",
      destination,
      `${destination}/index/*`,
    ),
  ],
});

const executions = `arn:\${AWS::Partition}:states:${place}:execution:%{Destination.Name}:*`;
const nestedExecutionRule = `arn:\${AWS::Partition}:events:${place}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`;
const apiRoutes = `arn:\${AWS::Partition}:execute-api:${place}:%{Source.ResourceId}/%{Source.Qualifier}`;

/** By the source's type, then the destination's. */
export const connectorProfiles: Readonly<Record<string, Readonly<Record<string, ConnectorProfile>>>> = {
  "AWS::DynamoDB::Table": {
    "AWS::Lambda::Function": {
      means: "rolePolicy",
      of: "destination",
      dependent: "eventSourceMapping",
      access: {
        Read: [allow("dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams", `${source}/stream/*`)],
      },
    },
  },
  "AWS::Events::Rule": {
    "AWS::SNS::Topic": resourcePolicy("topicPolicy", "events"),
    "AWS::Events::EventBus": events,
    "AWS::StepFunctions::StateMachine": sourceRole({ Write: [allow("states:StartExecution", destination)] }),
    "AWS::Lambda::Function": permission("events", source),
    "AWS::SQS::Queue": resourcePolicy("queuePolicy", "events"),
  },
  "AWS::Lambda::Function": {
    "AWS::Lambda::Function": invocation,
    "AWS::S3::Bucket": bucket,
    "AWS::DynamoDB::Table": table,
    "AWS::SQS::Queue": sourceRole({
      Read: [allow("sqs:ReceiveMessage sqs:GetQueueAttributes", destination)],
      Write: [allow("sqs:DeleteMessage sqs:SendMessage sqs:ChangeMessageVisibility sqs:PurgeQueue", destination)],
    }),
    "AWS::SNS::Topic": publication,
    "AWS::StepFunctions::StateMachine": sourceRole({
      Write: [allow("states:StartExecution states:StartSyncExecution", destination), allow("states:StopExecution", executions)],
      Read: [
        allow("states:DescribeStateMachine states:ListExecutions", destination),
        allow("states:DescribeExecution states:DescribeStateMachineForExecution states:GetExecutionHistory", executions),
      ],
    }),
    "AWS::Events::EventBus": events,
    "AWS::Location::PlaceIndex": sourceRole({
      Read: [
        allow(
          "geo:DescribePlaceIndex geo:GetPlace geo:SearchPlaceIndexForPosition geo:SearchPlaceIndexForSuggestions geo:SearchPlaceIndexForText",
          destination,
        ),
      ],
    }),
  },
  "AWS::ApiGatewayV2::Api": { "AWS::Lambda::Function": permission("apigateway", apiRoutes) },
  "AWS::ApiGateway::RestApi": { "AWS::Lambda::Function": permission("apigateway", apiRoutes) },
  "AWS::SNS::Topic": {
    "AWS::SQS::Queue": resourcePolicy("queuePolicy", "sns"),
    "AWS::Lambda::Function": permission("sns", source),
  },
  "AWS::SQS::Queue": {
    "AWS::Lambda::Function": {
      means: "rolePolicy",
      of: "destination",
      dependent: "eventSourceMapping",
      combinations: [["Read", "Write"]],
      access: {
        Write: [allow("sqs:DeleteMessage", source)],
        Read: [allow("sqs:ReceiveMessage sqs:GetQueueAttributes", source)],
      },
    },
  },
  "AWS::S3::Bucket": { "AWS::Lambda::Function": permission("s3", source, { SourceAccount: "${AWS::AccountId}" }) },
  "AWS::StepFunctions::StateMachine": {
    "AWS::Lambda::Function": invocation,
    "AWS::SNS::Topic": publication,
    "AWS::SQS::Queue": sourceRole({ Write: [allow("sqs:SendMessage", destination)] }),
    "AWS::S3::Bucket": bucket,
    "AWS::DynamoDB::Table": table,
    // Step Functions watches a nested execution by a rule, and wants to be allowed to when it is created.
    "AWS::StepFunctions::StateMachine": sourceRole(
      {
        Read: [allow("states:DescribeExecution", executions), allow("events:DescribeRule", nestedExecutionRule)],
        Write: [
          allow("states:StartExecution", destination),
          allow("states:StopExecution", executions),
          allow("events:PutTargets events:PutRule", nestedExecutionRule),
        ],
      },
      { dependent: "source", combinations: [["Read"], ["Read", "Write"]] },
    ),
    "AWS::Events::EventBus": events,
  },
  "AWS::AppSync::DataSource": {
    "AWS::DynamoDB::Table": table,
    "AWS::Lambda::Function": sourceRole({
      Write: [allow("lambda:InvokeAsync lambda:InvokeFunction", destination, `${destination}:*`)],
    }),
    "AWS::Events::EventBus": events,
  },
  "AWS::AppSync::GraphQLApi": {
    "AWS::Lambda::Function": permission("appsync", `arn:\${AWS::Partition}:appsync:${place}:apis/%{Source.ResourceId}`),
  },
};

/** How a resource of the template is named in what a connector grants. */
interface ConnectedType {
  /** `Ref`, or the attribute of GetAtt. */
  readonly arn: string;
  /** Property with the role's ARN. */
  readonly role?: string;
  readonly name?: string;
  readonly url?: string;
  readonly id?: string;
  readonly qualifier?: Json;
}

export const connectedTypes: Readonly<Record<string, ConnectedType>> = {
  "AWS::Lambda::Function": { arn: "Arn", role: "Role" },
  "AWS::StepFunctions::StateMachine": { arn: "Ref", role: "RoleArn", name: "Name" },
  "AWS::AppSync::GraphQLApi": { arn: "Ref", id: "ApiId" },
  "AWS::AppSync::DataSource": { arn: "Ref", role: "ServiceRoleArn" },
  "AWS::Events::Rule": { arn: "Arn" },
  "AWS::SQS::Queue": { arn: "Arn", url: "Ref" },
  "AWS::SNS::Topic": { arn: "Ref" },
  "AWS::DynamoDB::Table": { arn: "Arn" },
  "AWS::S3::Bucket": { arn: "Arn" },
  "AWS::Location::PlaceIndex": { arn: "Arn" },
  "AWS::ApiGatewayV2::Api": { arn: "Arn", id: "Ref", qualifier: "*" },
  "AWS::ApiGateway::RestApi": { arn: "Arn", id: "Ref", qualifier: "*" },
  "AWS::Events::EventBus": { arn: "Arn" },
};

/** SAM's types may name either end; what they turn into is meant. */
export const connectedSamTypes: Readonly<Record<string, string>> = {
  "AWS::Serverless::Function": "AWS::Lambda::Function",
  "AWS::Serverless::StateMachine": "AWS::StepFunctions::StateMachine",
  "AWS::Serverless::Api": "AWS::ApiGateway::RestApi",
  "AWS::Serverless::HttpApi": "AWS::ApiGatewayV2::Api",
  "AWS::Serverless::SimpleTable": "AWS::DynamoDB::Table",
};
