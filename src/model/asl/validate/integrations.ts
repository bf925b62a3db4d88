// Optimized integrations: which patterns each has, and the fields that it takes where AWS checks them.
// https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html
import type { IntegrationPattern } from "../resource.ts";

interface Integration {
  readonly patterns: readonly IntegrationPattern[];
  readonly input?: { readonly required: readonly string[]; readonly optional: readonly string[] };
}

const call: readonly IntegrationPattern[] = ["requestResponse"];
const callback: readonly IntegrationPattern[] = ["requestResponse", "waitForTaskToken"];
const job: readonly IntegrationPattern[] = ["requestResponse", "sync"];

function each(names: string, patterns: readonly IntegrationPattern[]): Record<string, Integration> {
  return Object.fromEntries(names.split(" ").map((name) => [name, { patterns }]));
}

const dynamodbExpressions = [
  "ConditionExpression",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "ReturnConsumedCapacity",
  "ReturnItemCollectionMetrics",
  "ReturnValues",
];
const olderConditions = ["ConditionalOperator", "Expected"];

const integrations: Readonly<Record<string, Readonly<Record<string, Integration>>>> = {
  lambda: {
    invoke: {
      patterns: callback,
      input: { required: ["FunctionName"], optional: ["Payload", "InvocationType", "ClientContext", "LogType", "Qualifier"] },
    },
  },
  sqs: {
    sendMessage: {
      patterns: callback,
      input: {
        required: ["QueueUrl", "MessageBody"],
        optional: ["DelaySeconds", "MessageAttributes", "MessageDeduplicationId", "MessageGroupId", "MessageSystemAttributes"],
      },
    },
  },
  sns: {
    publish: {
      patterns: callback,
      input: {
        required: ["Message"],
        optional: [
          "TopicArn",
          "TargetArn",
          "PhoneNumber",
          "Subject",
          "MessageAttributes",
          "MessageStructure",
          "MessageDeduplicationId",
          "MessageGroupId",
        ],
      },
    },
  },
  states: {
    startExecution: {
      patterns: ["requestResponse", "sync", "sync2", "waitForTaskToken"],
      input: { required: ["StateMachineArn"], optional: ["Input", "Name", "TraceHeader"] },
    },
  },
  dynamodb: {
    getItem: {
      patterns: call,
      input: {
        required: ["TableName", "Key"],
        optional: ["AttributesToGet", "ConsistentRead", "ExpressionAttributeNames", "ProjectionExpression", "ReturnConsumedCapacity"],
      },
    },
    putItem: {
      patterns: call,
      input: {
        required: ["TableName", "Item"],
        optional: [...dynamodbExpressions, ...olderConditions, "ReturnValuesOnConditionCheckFailure"],
      },
    },
    deleteItem: {
      patterns: call,
      input: {
        required: ["TableName", "Key"],
        optional: [...dynamodbExpressions, ...olderConditions, "ReturnValuesOnConditionCheckFailure"],
      },
    },
    updateItem: {
      patterns: call,
      input: {
        required: ["TableName", "Key"],
        optional: [
          ...dynamodbExpressions,
          ...olderConditions,
          "AttributeUpdates",
          "UpdateExpression",
          "ReturnValuesOnConditionCheckFailure",
        ],
      },
    },
  },
  events: { putEvents: { patterns: callback, input: { required: ["Entries"], optional: ["EndpointId"] } } },
  apigateway: {
    invoke: {
      patterns: callback,
      input: {
        required: ["ApiEndpoint", "Method"],
        optional: ["Headers", "Stage", "Path", "QueryParameters", "RequestBody", "AllowNullValues", "AuthType"],
      },
    },
  },
  http: {
    invoke: {
      patterns: call,
      input: {
        required: ["ApiEndpoint", "Method"],
        optional: ["Authentication", "InvocationConfig", "Headers", "QueryParameters", "RequestBody", "Transform"],
      },
    },
  },
  batch: each("submitJob", job),
  ecs: each("runTask", ["requestResponse", "sync", "waitForTaskToken"]),
  glue: each("startJobRun", job),
  databrew: each("startJobRun", job),
  athena: { ...each("startQueryExecution", job), ...each("stopQueryExecution getQueryExecution getQueryResults", call) },
  codebuild: {
    ...each("startBuild startBuildBatch", job),
    ...each("stopBuild stopBuildBatch batchDeleteBuilds batchGetReports deleteBuildBatch retryBuildBatch", call),
  },
  sagemaker: {
    ...each("createTrainingJob createTransformJob createHyperParameterTuningJob createLabelingJob createProcessingJob", job),
    ...each("createModel createEndpointConfig createEndpoint updateEndpoint", call),
  },
  elasticmapreduce: {
    ...each("createCluster terminateCluster addStep", job),
    ...each("cancelStep setClusterTerminationProtection modifyInstanceFleetByName modifyInstanceGroupByName", call),
  },
  "emr-containers": each("createVirtualCluster deleteVirtualCluster startJobRun", job),
  "emr-serverless": each("createApplication startApplication stopApplication deleteApplication startJobRun cancelJobRun", job),
  eks: {
    ...each("createCluster deleteCluster createFargateProfile deleteFargateProfile createNodegroup deleteNodegroup runJob", job),
    ...each("call", call),
  },
  bedrock: { ...each("invokeModel", call), ...each("createModelCustomizationJob", job) },
  "bedrock-agentcore": each("invokeAgentRuntime", call),
  mediaconvert: each("createJob", job),
};

export function integrationOf(service: string, operation: string): Integration | undefined {
  const operations = Object.hasOwn(integrations, service) ? integrations[service] : undefined;
  return operations && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
}
