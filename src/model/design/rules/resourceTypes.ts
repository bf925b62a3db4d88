import { distance } from "./references.ts";

/** Types that are written often, so that a slip in one of them is told from a type that is only not known here. */
const oftenWritten = [
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGatewayV2::Api",
  "AWS::CloudFront::Distribution",
  "AWS::Cognito::UserPool",
  "AWS::DynamoDB::Table",
  "AWS::Events::EventBus",
  "AWS::Events::Rule",
  "AWS::IAM::Role",
  "AWS::Kinesis::Stream",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Lambda::Function",
  "AWS::Logs::LogGroup",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::SecretsManager::Secret",
  "AWS::Serverless::Api",
  "AWS::Serverless::Application",
  "AWS::Serverless::Connector",
  "AWS::Serverless::Function",
  "AWS::Serverless::GraphQLApi",
  "AWS::Serverless::HttpApi",
  "AWS::Serverless::LayerVersion",
  "AWS::Serverless::SimpleTable",
  "AWS::Serverless::StateMachine",
  "AWS::StepFunctions::StateMachine",
];

/** The type that was meant, when two letters or fewer are wrong. No two types of AWS are that close. */
export function misspelt(type: string): string | undefined {
  if (oftenWritten.includes(type)) return undefined;
  return oftenWritten.find((known) => distance(type.toLowerCase(), known.toLowerCase(), 2) <= 2);
}
