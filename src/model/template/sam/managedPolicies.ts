// AWS managed policies by name. Most live at the root of IAM's paths; those that do not are listed here, with the ones whose
// names give no hint that they are AWS's. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
import { entryOf } from "./json.ts";

const paths: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...[
      "AWSLambdaBasicExecutionRole",
      "AWSLambdaBasicDurableExecutionRolePolicy",
      "AWSLambdaDynamoDBExecutionRole",
      "AWSLambdaENIManagementAccess",
      "AWSLambdaKinesisExecutionRole",
      "AWSLambdaMSKExecutionRole",
      "AWSLambdaRole",
      "AWSLambdaSQSQueueExecutionRole",
      "AWSLambdaVPCAccessExecutionRole",
      "AmazonAPIGatewayPushToCloudWatchLogs",
      "AWSCodeDeployRole",
      "AWSCodeDeployRoleForLambda",
      "AWSCodeDeployRoleForLambdaLimited",
      "AWSConfigRole",
      "AWSGlueServiceRole",
      "AWSIoTLogging",
      "AWSIoTRuleActions",
      "AWSBatchServiceRole",
      "AWSElasticBeanstalkService",
      "AWSAppSyncPushToCloudWatchLogs",
      "AmazonEC2RoleforSSM",
      "AmazonECSTaskExecutionRolePolicy",
      "AmazonSNSRole",
      "AmazonSageMakerNotebooksServiceRolePolicy",
      "AWSTransferLoggingAccess",
      "CloudWatchEventsInvocationAccess",
    ].map((name) => [name, `service-role/${name}`]),
    ...[
      "AdministratorAccess",
      "Billing",
      "DatabaseAdministrator",
      "DataScientist",
      "NetworkAdministrator",
      "PowerUserAccess",
      "ReadOnlyAccess",
      "SecurityAudit",
      "SupportUser",
      "SystemAdministrator",
      "ViewOnlyAccess",
    ].map((name) => [
      name,
      ["AdministratorAccess", "PowerUserAccess", "ReadOnlyAccess", "SecurityAudit"].includes(name) ? name : `job-function/${name}`,
    ]),
  ].map(([name, path]) => [name ?? "", path ?? ""]),
);

/** Names that AWS gives its own policies begin so, or end so. */
const awsName =
  /^(AWS|Amazon|Alexa|AutoScaling|Cloud(Front|Search|Trail|Watch)|Comprehend|DynamoDB|IAM|Lambda|Rekognition|Secrets?Manager|SimpleWorkflow|Translate|WellArchitected)[A-Za-z0-9_-]*$/;

/** ARN of an AWS managed policy given by name; anything else (an ARN, a name of one's own) stays as it is. */
export function managedPolicyArn(partition: string, name: string): string {
  const path = entryOf(paths, name);
  if (path !== undefined) return `arn:${partition}:iam::aws:policy/${path}`;
  return awsName.test(name) ? `arn:${partition}:iam::aws:policy/${name}` : name;
}
