/** Properties whose change makes CloudFormation create the resource anew ("Update requires: Replacement"), for the preview of a deployment. */
export const replacingProperties: Readonly<Record<string, readonly string[]>> = {
  "AWS::ApiGateway::Resource": ["ParentId", "PathPart", "RestApiId"],
  "AWS::ApiGateway::Stage": ["RestApiId", "StageName"],
  "AWS::ApiGatewayV2::Api": ["ProtocolType"],
  "AWS::ApiGatewayV2::Stage": ["ApiId", "StageName"],
  "AWS::DynamoDB::GlobalTable": ["KeySchema", "LocalSecondaryIndexes", "TableName"],
  "AWS::DynamoDB::Table": ["ImportSourceSpecification", "KeySchema", "TableName"],
  "AWS::IAM::Role": ["Path", "RoleName"],
  "AWS::Lambda::EventSourceMapping": ["EventSourceArn", "StartingPosition", "StartingPositionTimestamp"],
  "AWS::Lambda::Function": ["FunctionName", "PackageType"],
  "AWS::Lambda::Permission": ["Action", "EventSourceToken", "FunctionName", "Principal", "SourceAccount", "SourceArn"],
  "AWS::SQS::Queue": ["FifoQueue", "QueueName"],
  "AWS::SNS::Topic": ["FifoTopic", "TopicName"],
  "AWS::S3::Bucket": ["BucketName"],
};
