// SAM's policy templates: what each allows, as documented in
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html
import type { Json, JsonObject } from "../../json.ts";
import { entryOf, sub } from "./json.ts";

interface Grant {
  /** Separated by spaces; a single one with `=` before it stays a text instead of a list. */
  readonly actions: string;
  /** ARN behind `arn:${AWS::Partition}:`, or `*`; `${}` names are filled from the parameters, first letter in lower case. */
  readonly on: string | readonly string[];
  readonly condition?: JsonObject;
}

interface PolicyTemplate {
  readonly parameters: readonly string[];
  readonly grants: readonly Grant[];
}

const place = "${AWS::Region}:${AWS::AccountId}";
const table = `dynamodb:${place}:table/\${tableName}`;
const collection = `rekognition:${place}:collection/\${collectionId}`;
const repository = `codecommit:${place}:\${repositoryName}`;

function template(parameters: string, ...grants: readonly (readonly [actions: string, on: string | readonly string[]])[]): PolicyTemplate {
  return { parameters: parameters === "" ? [] : parameters.split(" "), grants: grants.map(([actions, on]) => ({ actions, on })) };
}

const templates: Readonly<Record<string, PolicyTemplate>> = {
  AMIDescribePolicy: template("", ["ec2:DescribeImages", "*"]),
  AcmGetCertificatePolicy: template("CertificateArn", ["acm:GetCertificate", "=${certificateArn}"]),
  AthenaQueryPolicy: template(
    "WorkGroupName",
    [
      "athena:ListWorkGroups athena:GetExecutionEngine athena:GetExecutionEngines athena:GetNamespace athena:GetCatalogs athena:GetNamespaces athena:GetTables athena:GetTable",
      "*",
    ],
    [
      "athena:StartQueryExecution athena:GetQueryResults athena:DeleteNamedQuery athena:GetNamedQuery athena:ListQueryExecutions athena:StopQueryExecution " +
        "athena:GetQueryResultsStream athena:ListNamedQueries athena:CreateNamedQuery athena:GetQueryExecution athena:BatchGetNamedQuery athena:BatchGetQueryExecution athena:GetWorkGroup",
      `athena:${place}:workgroup/\${workgroupName}`,
    ],
  ),
  AWSSecretsManagerGetSecretValuePolicy: template("SecretArn", ["secretsmanager:GetSecretValue", "=${secretArn}"]),
  AWSSecretsManagerRotationPolicy: {
    parameters: ["FunctionName"],
    grants: [
      {
        actions:
          "secretsmanager:DescribeSecret secretsmanager:GetSecretValue secretsmanager:PutSecretValue secretsmanager:UpdateSecretVersionStage",
        on: `secretsmanager:${place}:secret:*`,
        condition: { StringEquals: { "secretsmanager:resource/AllowRotationLambdaArn": `lambda:${place}:function:\${functionName}` } },
      },
      { actions: "secretsmanager:GetRandomPassword", on: "*" },
    ],
  },
  CloudFormationDescribeStacksPolicy: template("", ["cloudformation:DescribeStacks", `cloudformation:${place}:stack/*`]),
  CloudWatchDashboardPolicy: template("", [
    "cloudwatch:GetDashboard cloudwatch:ListDashboards cloudwatch:PutDashboard cloudwatch:ListMetrics",
    "*",
  ]),
  CloudWatchDescribeAlarmHistoryPolicy: template("", ["cloudwatch:DescribeAlarmHistory", "*"]),
  CloudWatchPutMetricPolicy: template("", ["cloudwatch:PutMetricData", "*"]),
  CodeCommitCrudPolicy: template("RepositoryName", [
    prefixed(
      "codecommit",
      "GitPull GitPush CreateBranch DeleteBranch GetBranch ListBranches MergeBranchesByFastForward MergeBranchesBySquash MergeBranchesByThreeWay UpdateDefaultBranch " +
        "BatchDescribeMergeConflicts CreateUnreferencedMergeCommit DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests CreatePullRequest " +
        "DescribePullRequestEvents GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests MergePullRequestByFastForward " +
        "MergePullRequestBySquash MergePullRequestByThreeWay PostCommentForPullRequest UpdatePullRequestDescription UpdatePullRequestStatus UpdatePullRequestTitle DeleteFile " +
        "GetBlob GetFile GetFolder PutFile DeleteCommentContent GetComment GetCommentsForComparedCommit PostCommentForComparedCommit PostCommentReply UpdateComment " +
        "BatchGetCommits CreateCommit GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree GetRepository UpdateRepositoryDescription " +
        "ListTagsForResource TagResource UntagResource GetRepositoryTriggers PutRepositoryTriggers TestRepositoryTriggers GetBranch GetCommit UploadArchive " +
        "GetUploadArchiveStatus CancelUploadArchive",
    ),
    repository,
  ]),
  CodeCommitReadPolicy: template("RepositoryName", [
    prefixed(
      "codecommit",
      "GitPull GetBranch ListBranches BatchDescribeMergeConflicts DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests DescribePullRequestEvents " +
        "GetCommentsForPullRequest GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests GetBlob GetFile GetFolder GetComment " +
        "GetCommentsForComparedCommit BatchGetCommits GetCommit GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree GetRepository " +
        "ListTagsForResource GetRepositoryTriggers TestRepositoryTriggers GetBranch GetCommit GetUploadArchiveStatus",
    ),
    repository,
  ]),
  CodePipelineLambdaExecutionPolicy: template("", ["codepipeline:PutJobSuccessResult codepipeline:PutJobFailureResult", "*"]),
  CodePipelineReadOnlyPolicy: template("PipelineName", ["codepipeline:ListPipelineExecutions", `codepipeline:${place}:\${pipelinename}`]),
  ComprehendBasicAccessPolicy: template("", [
    prefixed(
      "comprehend",
      "BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities DetectKeyPhrases DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment",
    ),
    "*",
  ]),
  CostExplorerReadOnlyPolicy: template("", [
    prefixed(
      "ce",
      "GetCostAndUsage GetDimensionValues GetReservationCoverage GetReservationPurchaseRecommendation GetReservationUtilization GetTags",
    ),
    "*",
  ]),
  DynamoDBBackupFullAccessPolicy: template(
    "TableName",
    ["dynamodb:CreateBackup dynamodb:DescribeContinuousBackups", table],
    ["dynamodb:DeleteBackup dynamodb:DescribeBackup dynamodb:ListBackups", `${table}/backup/*`],
  ),
  DynamoDBCrudPolicy: template("TableName", [
    prefixed("dynamodb", "GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem"),
    [table, `${table}/index/*`],
  ]),
  DynamoDBReadPolicy: template("TableName", [
    prefixed("dynamodb", "GetItem Scan Query BatchGetItem DescribeTable"),
    [table, `${table}/index/*`],
  ]),
  DynamoDBReconfigurePolicy: template("TableName", ["dynamodb:UpdateTable", table]),
  DynamoDBRestoreFromBackupPolicy: template(
    "TableName",
    ["dynamodb:RestoreTableFromBackup", `${table}/backup/*`],
    [prefixed("dynamodb", "PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem"), table],
  ),
  DynamoDBStreamReadPolicy: template(
    "TableName StreamName",
    ["dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator", `${table}/stream/\${streamName}`],
    ["dynamodb:ListStreams", `${table}/stream/*`],
  ),
  DynamoDBWritePolicy: template("TableName", [prefixed("dynamodb", "PutItem UpdateItem BatchWriteItem"), [table, `${table}/index/*`]]),
  EC2CopyImagePolicy: template("ImageId", ["ec2:CopyImage", `ec2:${place}:image/\${imageId}`]),
  EC2DescribePolicy: template("", ["ec2:DescribeRegions ec2:DescribeInstances", "*"]),
  EcsRunTaskPolicy: template("TaskDefinition", ["ecs:RunTask", `ecs:${place}:task-definition/\${taskDefinition}`]),
  EFSWriteAccessPolicy: {
    parameters: ["FileSystem", "AccessPoint"],
    grants: [
      {
        actions: "elasticfilesystem:ClientMount elasticfilesystem:ClientWrite",
        on: `elasticfilesystem:${place}:file-system/\${FileSystem}`,
        condition: { StringEquals: { "elasticfilesystem:AccessPointArn": `elasticfilesystem:${place}:access-point/\${AccessPoint}` } },
      },
    ],
  },
  EKSDescribePolicy: template("", ["eks:DescribeCluster eks:ListClusters", "*"]),
  ElasticMapReduceAddJobFlowStepsPolicy: template("ClusterId", [
    "=elasticmapreduce:AddJobFlowSteps",
    `elasticmapreduce:${place}:cluster/\${clusterId}`,
  ]),
  ElasticMapReduceCancelStepsPolicy: template("ClusterId", [
    "=elasticmapreduce:CancelSteps",
    `elasticmapreduce:${place}:cluster/\${clusterId}`,
  ]),
  ElasticMapReduceModifyInstanceFleetPolicy: template("ClusterId", [
    "elasticmapreduce:ModifyInstanceFleet elasticmapreduce:ListInstanceFleets",
    `elasticmapreduce:${place}:cluster/\${clusterId}`,
  ]),
  ElasticMapReduceModifyInstanceGroupsPolicy: template("ClusterId", [
    "elasticmapreduce:ModifyInstanceGroups elasticmapreduce:ListInstanceGroups",
    `elasticmapreduce:${place}:cluster/\${clusterId}`,
  ]),
  ElasticMapReduceSetTerminationProtectionPolicy: template("ClusterId", [
    "=elasticmapreduce:SetTerminationProtection",
    `elasticmapreduce:${place}:cluster/\${clusterId}`,
  ]),
  ElasticMapReduceTerminateJobFlowsPolicy: template("ClusterId", [
    "=elasticmapreduce:TerminateJobFlows",
    `elasticmapreduce:${place}:cluster/\${clusterId}`,
  ]),
  ElasticsearchHttpPostPolicy: template("DomainName", ["es:ESHttpPost es:ESHttpPut", `es:${place}:domain/\${domainName}/*`]),
  EventBridgePutEventsPolicy: template("EventBusName", ["=events:PutEvents", `events:${place}:event-bus/\${eventBusName}`]),
  FilterLogEventsPolicy: template("LogGroupName", ["logs:FilterLogEvents", `logs:${place}:log-group:\${logGroupName}:log-stream:*`]),
  FirehoseCrudPolicy: template("DeliveryStreamName", [
    prefixed("firehose", "CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination"),
    `firehose:${place}:deliverystream/\${deliveryStreamName}`,
  ]),
  FirehoseWritePolicy: template("DeliveryStreamName", [
    "firehose:PutRecord firehose:PutRecordBatch",
    `firehose:${place}:deliverystream/\${deliveryStreamName}`,
  ]),
  KinesisCrudPolicy: template("StreamName", [
    prefixed(
      "kinesis",
      "AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod " +
        "ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream",
    ),
    `kinesis:${place}:stream/\${streamName}`,
  ]),
  KinesisStreamReadPolicy: template(
    "StreamName",
    ["kinesis:ListStreams kinesis:DescribeLimits", `kinesis:${place}:stream/*`],
    [prefixed("kinesis", "DescribeStream DescribeStreamSummary GetRecords GetShardIterator"), `kinesis:${place}:stream/\${streamName}`],
  ),
  KMSDecryptPolicy: template("KeyId", ["=kms:Decrypt", `kms:${place}:key/\${keyId}`]),
  KMSEncryptPolicy: template("KeyId", ["=kms:Encrypt", `kms:${place}:key/\${keyId}`]),
  KMSEncryptPolicy_v2: template("KeyId", [
    prefixed("kms", "Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext"),
    `kms:${place}:key/\${keyId}`,
  ]),
  LambdaInvokePolicy: template("FunctionName", ["lambda:InvokeFunction", `lambda:${place}:function:\${functionName}*`]),
  MobileAnalyticsWriteOnlyAccessPolicy: template("", ["mobileanalytics:PutEvents", "*"]),
  OrganizationsListAccountsPolicy: template("", ["organizations:ListAccounts", "*"]),
  PinpointEndpointAccessPolicy: template("PinpointApplicationId", [
    prefixed("mobiletargeting", "GetEndpoint UpdateEndpoint UpdateEndpointsBatch"),
    `mobiletargeting:${place}:apps/\${pinpointApplicationId}/endpoints/*`,
  ]),
  PollyFullAccessPolicy: template(
    "LexiconName",
    ["polly:GetLexicon polly:DeleteLexicon", [`polly:${place}:lexicon/\${lexiconName}`]],
    ["polly:DescribeVoices polly:ListLexicons polly:PutLexicon polly:SynthesizeSpeech", [`polly:${place}:lexicon/*`]],
  ),
  RekognitionDetectOnlyPolicy: template("", [prefixed("rekognition", "DetectFaces DetectLabels DetectModerationLabels DetectText"), "*"]),
  RekognitionFacesManagementPolicy: template("CollectionId", [
    prefixed("rekognition", "IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces"),
    collection,
  ]),
  RekognitionFacesPolicy: template("", ["rekognition:CompareFaces rekognition:DetectFaces", "*"]),
  RekognitionLabelsPolicy: template("", ["rekognition:DetectLabels rekognition:DetectModerationLabels", "*"]),
  RekognitionNoDataAccessPolicy: template("CollectionId", [
    prefixed("rekognition", "CompareFaces DetectFaces DetectLabels DetectModerationLabels"),
    collection,
  ]),
  RekognitionReadPolicy: template("CollectionId", [
    prefixed("rekognition", "ListCollections ListFaces SearchFaces SearchFacesByImage"),
    collection,
  ]),
  RekognitionWriteOnlyAccessPolicy: template("CollectionId", ["rekognition:CreateCollection rekognition:IndexFaces", collection]),
  Route53ChangeResourceRecordSetsPolicy: template("HostedZoneId", [
    "route53:ChangeResourceRecordSets",
    "route53:::hostedzone/${HostedZoneId}",
  ]),
  S3CrudPolicy: template("BucketName", [
    prefixed(
      "s3",
      "GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject",
    ),
    ["s3:::${bucketName}", "s3:::${bucketName}/*"],
  ]),
  S3FullAccessPolicy: template(
    "BucketName",
    [
      prefixed(
        "s3",
        "GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging " +
          "GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging",
      ),
      ["s3:::${bucketName}/*"],
    ],
    [prefixed("s3", "ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration"), ["s3:::${bucketName}"]],
  ),
  S3ReadPolicy: template("BucketName", [
    prefixed("s3", "GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration"),
    ["s3:::${bucketName}", "s3:::${bucketName}/*"],
  ]),
  S3WritePolicy: template("BucketName", [
    prefixed("s3", "PutObject PutObjectAcl PutLifecycleConfiguration"),
    ["s3:::${bucketName}", "s3:::${bucketName}/*"],
  ]),
  SageMakerCreateEndpointConfigPolicy: template("EndpointConfigName", [
    "sagemaker:CreateEndpointConfig",
    `sagemaker:${place}:endpoint-config/\${endpointConfigName}`,
  ]),
  SageMakerCreateEndpointPolicy: template("EndpointName", ["sagemaker:CreateEndpoint", `sagemaker:${place}:endpoint/\${endpointName}`]),
  ServerlessRepoReadWriteAccessPolicy: template("", [
    prefixed(
      "serverlessrepo",
      "CreateApplication CreateApplicationVersion UpdateApplication GetApplication ListApplications ListApplicationVersions ListApplicationDependencies",
    ),
    [`serverlessrepo:${place}:applications/*`],
  ]),
  SESBulkTemplatedCrudPolicy_v2: template(
    "IdentityName TemplateName",
    [
      prefixed("ses", "SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail"),
      [`ses:${place}:identity/\${identityName}`, `ses:${place}:template/\${templateName}`],
    ],
    [prefixed("ses", "GetIdentityVerificationAttributes VerifyEmailIdentity"), "*"],
  ),
  SESBulkTemplatedCrudPolicy: template("IdentityName", [
    prefixed(
      "ses",
      "GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail VerifyEmailIdentity",
    ),
    `ses:${place}:identity/\${identityName}`,
  ]),
  SESCrudPolicy: template("IdentityName", [
    prefixed("ses", "GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity"),
    `ses:${place}:identity/\${identityName}`,
  ]),
  SESEmailTemplateCrudPolicy: template("", [
    prefixed("ses", "CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate"),
    "*",
  ]),
  SESSendBouncePolicy: template("IdentityName", ["ses:SendBounce", `ses:${place}:identity/\${identityName}`]),
  SNSCrudPolicy: template("TopicName", [
    prefixed("sns", "ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish"),
    `sns:${place}:\${topicName}*`,
  ]),
  SNSPublishMessagePolicy: template("TopicName", ["sns:Publish", `sns:${place}:\${topicName}`]),
  SQSPollerPolicy: template("QueueName", [
    prefixed(
      "sqs",
      "ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage",
    ),
    `sqs:${place}:\${queueName}`,
  ]),
  SQSSendMessagePolicy: template("QueueName", ["sqs:SendMessage*", `sqs:${place}:\${queueName}`]),
  SSMParameterReadPolicy: template(
    "ParameterName",
    ["ssm:DescribeParameters", "*"],
    ["ssm:GetParameters ssm:GetParameter ssm:GetParametersByPath", `ssm:${place}:parameter/\${parameterName}`],
  ),
  SSMParameterWithSlashPrefixReadPolicy: template(
    "ParameterName",
    ["ssm:DescribeParameters", "*"],
    ["ssm:GetParameters ssm:GetParameter ssm:GetParametersByPath", `ssm:${place}:parameter\${parameterName}`],
  ),
  StepFunctionsCallbackPolicy: template("StateMachineName", [
    prefixed("states", "SendTaskFailure SendTaskHeartbeat SendTaskSuccess"),
    `states:${place}:stateMachine:\${stateMachineName}`,
  ]),
  StepFunctionsExecutionPolicy_v2: template("StateMachineName", [
    prefixed("states", "StartExecution StartSyncExecution"),
    `states:${place}:stateMachine:\${stateMachineName}`,
  ]),
  StepFunctionsExecutionPolicy: template("StateMachineName", [
    "states:StartExecution",
    `states:${place}:stateMachine:\${stateMachineName}`,
  ]),
  TextractDetectAnalyzePolicy: template("", [
    prefixed("textract", "DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument"),
    "*",
  ]),
  TextractGetResultPolicy: template("", ["textract:GetDocumentTextDetection textract:GetDocumentAnalysis", "*"]),
  TextractPolicy: template("", ["textract:*", "*"]),
  VPCAccessPolicy: template("", [
    prefixed("ec2", "CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface"),
    "*",
  ]),
};

function prefixed(service: string, actions: string): string {
  return actions
    .split(" ")
    .map((action) => `${service}:${action}`)
    .join(" ");
}

export function isPolicyTemplate(name: string): boolean {
  return Object.hasOwn(templates, name);
}

export const policyTemplateNames: readonly string[] = Object.keys(templates);

/** What a template is to be told, such as `TableName`. */
export function policyTemplateParameters(name: string): readonly string[] {
  return entryOf(templates, name)?.parameters ?? [];
}

/** Every action that a template allows something with: `dynamodb:GetItem`. */
export function policyTemplateActions(): readonly string[] {
  const all = Object.values(templates).flatMap(({ grants }) => grants.flatMap(({ actions }) => actions.replace(/^=/, "").split(" ")));
  return [...new Set(all)].sort();
}

/** The policy document of a template with its parameters filled in; the names of missing parameters when there are any. */
export function policyDocument(
  name: string,
  values: JsonObject,
): { readonly document: JsonObject } | { readonly missing: readonly string[] } {
  const found = entryOf(templates, name);
  if (found === undefined) return { missing: [] };
  const missing = found.parameters.filter((parameter) => values[parameter] === undefined);
  if (missing.length > 0) return { missing };
  const fill = (arn: string): Json => filledArn(arn, found.parameters, values);
  const statements = found.grants.map((grant): JsonObject => {
    const resource = typeof grant.on === "string" ? fill(grant.on) : grant.on.map((arn) => fill(arn));
    return {
      Effect: "Allow",
      Action: grant.actions.startsWith("=") ? grant.actions.slice(1) : grant.actions.split(" "),
      Resource: resource,
      ...(grant.condition ? { Condition: filledCondition(grant.condition, fill) } : {}),
    };
  });
  return { document: { Statement: statements } };
}

function filledCondition(condition: JsonObject, fill: (arn: string) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, tests]) => [
      operator,
      Object.fromEntries(Object.entries(tests as JsonObject).map(([key, arn]) => [key, fill(String(arn))])),
    ]),
  );
}

function filledArn(arn: string, parameters: readonly string[], values: JsonObject): Json {
  if (arn === "*") return "*";
  const { text, names } = readArn(arn);
  const used: JsonObject = {};
  for (const name of names) {
    const parameter = parameters.find((each) => each === name || each.toLowerCase() === name.toLowerCase());
    if (parameter !== undefined) used[name] = values[parameter] ?? null;
  }
  return Object.keys(used).length > 0 ? sub(text, used) : sub(text);
}

interface ReadArn {
  readonly text: string;
  /** What stands between its braces. */
  readonly names: readonly string[];
}

/** The same few for every function of a template. */
const readArns = new Map<string, ReadArn>();

function readArn(arn: string): ReadArn {
  const known = readArns.get(arn);
  if (known !== undefined) return known;
  const text = arn.startsWith("=") ? arn.slice(1) : `arn:\${AWS::Partition}:${arn}`;
  const read = { text, names: [...text.matchAll(/\$\{([A-Za-z]+)\}/g)].flatMap((match) => match[1] ?? []) };
  readArns.set(arn, read);
  return read;
}
