import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { deriveDesign } from "../../src/model/design/derive.ts";
import type { Design } from "../../src/model/design/design.ts";
import type { DesignContext } from "../../src/model/design/view.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";

function designOf(text: string, context: Partial<DesignContext> = {}): Design {
  const document = parseTemplate(text, "template.yaml");
  expect(document.problems).toEqual([]);
  return deriveDesign(document, { definitionOf, ...context });
}

/** `Api>Create:trigger POST /orders`: what an edge says, without where it is written. */
function edges(design: Design): string[] {
  return design.connections.map(({ from, to, kind, label }) => `${from}>${to}:${kind}${label === "" ? "" : ` ${label}`}`).sort();
}

test("the orders example: routes, trigger, access, dead letters and origin, each with its lines", () => {
  const design = designOf(readFileSync("resources/examples/orders/template.yaml", "utf8"));
  expect(edges(design)).toEqual([
    "CreateOrder>OrderQueue:access send",
    "CreateOrder>Orders:access read, write",
    "Fulfil>Orders:access read, write",
    "GetOrder>Orders:access read",
    "ListOrders>Orders:access read",
    "OrderQueue>Fulfil:trigger batch of 10",
    "OrderQueue>OrderDLQ:dead-letter after 3",
    "OrdersApi>CreateOrder:trigger POST /orders",
    "OrdersApi>GetOrder:trigger GET /orders/{id}",
    "OrdersApi>ListOrders:trigger GET /orders",
    "Web>OrdersApi:origin *, /orders/*",
  ]);
  const send = design.connections.find((connection) => connection.id === "CreateOrder>OrderQueue:access");
  expect(send?.writtenAt).toEqual([
    ["Resources", "CreateOrder", "Properties", "Environment", "Variables", "QUEUE_URL"],
    ["Resources", "CreateOrder", "Properties", "Policies", 1],
  ]);
  expect(design.resources.find((resource) => resource.id === "OrdersApi")?.routes.map((route) => route.id)).toEqual([
    "POST /orders",
    "GET /orders/{id}",
    "GET /orders",
  ]);
});

test("what Globals give is shown on the card and takes effect, but is not the function's own", () => {
  const design = designOf(readFileSync("resources/examples/orders/template.yaml", "utf8"));
  const create = design.resources.find((resource) => resource.id === "CreateOrder");
  expect(create?.subtitle).toBe("Node 22 · createOrder");
  expect(design.resources.find((resource) => resource.id === "OrderDLQ")?.subtitle).toBe("Dead letters · after 3");
  expect(create?.effectiveProperties).toMatchObject({ Timeout: 10, MemorySize: 256, Environment: { Variables: { STAGE: "dev" } } });
  expect(create?.properties).not.toHaveProperty("Timeout");
});

describe("SAM", () => {
  test("events that name no API share one that SAM makes", () => {
    const design = designOf(`
Transform: AWS::Serverless-2016-10-31
Resources:
  List:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Get: { Type: HttpApi, Properties: { Path: /things, Method: get } }
        Rest: { Type: Api, Properties: { Path: /old, Method: any } }
        Everything: { Type: HttpApi }
`);
    expect(
      design.resources.filter((resource) => resource.isImplicit).map(({ id, routes }) => [id, routes.map((route) => route.id)]),
    ).toEqual([
      ["ServerlessHttpApi", ["GET /things", "$default"]],
      ["ServerlessRestApi", ["ANY /old"]],
    ]);
    expect(edges(design)).toEqual([
      "ServerlessHttpApi>List:trigger $default",
      "ServerlessHttpApi>List:trigger GET /things",
      "ServerlessRestApi>List:trigger ANY /old",
    ]);
  });

  test("conditions choose, and what they leave out is shown as disabled", () => {
    const text = `
Parameters:
  Stage: { Type: String, Default: dev }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Audit: { Type: AWS::SQS::Queue, Condition: IsProd }
  Dev: { Type: AWS::SQS::Queue }
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        In: { Type: SQS, Properties: { Queue: !If [IsProd, !GetAtt Audit.Arn, !GetAtt Dev.Arn] } }
`;
    const dev = designOf(text);
    expect(edges(dev)).toEqual(["Dev>Work:trigger batch of 10"]);
    expect(dev.resources.find((resource) => resource.id === "Audit")?.isDisabled).toBe(true);
    const prod = designOf(text, { parameters: { Stage: "prod" } });
    expect(edges(prod)).toEqual(["Audit>Work:trigger batch of 10"]);
    expect(prod.resources.find((resource) => resource.id === "Audit")?.isDisabled).toBe(false);
  });

  test("authorizers, destinations, streams and connectors", () => {
    const design = designOf(`
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        Authorizers:
          Guard: { FunctionArn: !GetAtt Check.Arn, AuthorizerPayloadFormatVersion: "2.0" }
          Pool: { JwtConfiguration: { issuer: !Sub "https://cognito-idp.\${AWS::Region}.amazonaws.com/\${Users}", audience: [!Ref Client] } }
  Check: { Type: AWS::Serverless::Function }
  Users: { Type: AWS::Cognito::UserPool }
  Client: { Type: AWS::Cognito::UserPoolClient, Properties: { UserPoolId: !Ref Users } }
  Table: { Type: AWS::DynamoDB::Table, Properties: { StreamSpecification: { StreamViewType: NEW_IMAGE } } }
  Dead: { Type: AWS::SQS::Queue }
  Done: { Type: AWS::SNS::Topic }
  Follow:
    Type: AWS::Serverless::Function
    Connectors:
      ToTopic: { Properties: { Destination: { Id: Done }, Permissions: [Write] } }
    Properties:
      EventInvokeConfig: { DestinationConfig: { OnSuccess: { Type: SNS, Destination: !Ref Done }, OnFailure: { Type: SQS, Destination: !GetAtt Dead.Arn } } }
      Events:
        Changes: { Type: DynamoDB, Properties: { Stream: !GetAtt Table.StreamArn, StartingPosition: LATEST, BatchSize: 50 } }
`);
    expect(edges(design)).toEqual([
      "Api>Check:target authorizer",
      "Api>Users:target authorizer",
      "Follow>Dead:dead-letter on failure",
      "Follow>Done:access write",
      "Follow>Done:target on success",
      "Table>Follow:trigger batch of 50",
    ]);
  });
});

describe("plain CloudFormation", () => {
  test("an HTTP API's routes lead through integrations to functions; permissions belong to the same connection", () => {
    const design = designOf(`
Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: x, ProtocolType: HTTP } }
  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Api, StageName: $default } }
  Integration: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Hello.Arn } }
  Route: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: "GET /hello", Target: !Sub "integrations/\${Integration}" } }
  Leave: { Type: AWS::Lambda::Permission, Properties: { FunctionName: !Ref Hello, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com, SourceArn: !Sub "arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*" } }
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: p
          PolicyDocument: { Statement: [{ Effect: Allow, Action: [dynamodb:PutItem], Resource: !GetAtt Table.Arn }, { Effect: Allow, Action: logs:PutLogEvents, Resource: "*" }] }
  Hello: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Role.Arn } }
  Table: { Type: AWS::DynamoDB::Table }
`);
    expect(design.resources.map((resource) => resource.id)).toEqual(["Api", "Hello", "Table"]);
    expect(edges(design)).toEqual(["Api>Hello:trigger GET /hello", "Hello>Table:access write"]);
    expect(design.connections.find((connection) => connection.from === "Api")?.writtenAt).toEqual([
      ["Resources", "Route"],
      ["Resources", "Integration"],
      ["Resources", "Leave"],
    ]);
    // Only the statement about the table makes the access; the role's other statement stays when it is cut.
    expect(design.connections.find((connection) => connection.from === "Hello")?.writtenAt).toEqual([
      ["Resources", "Role", "Properties", "Policies", 0, "PolicyDocument", "Statement", 0],
    ]);
  });

  test("a REST API's methods hang from a tree of resources", () => {
    const design = designOf(`
Resources:
  Api: { Type: AWS::ApiGateway::RestApi }
  Orders: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: orders } }
  One: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref Orders, PathPart: "{id}" } }
  GetOne:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref One
      HttpMethod: GET
      Integration: { Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Get.Arn}/invocations" }
  Get: { Type: AWS::Lambda::Function }
`);
    expect(edges(design)).toEqual(["Api>Get:trigger GET /orders/{id}"]);
  });

  test("mappings, subscriptions, rules and notifications", () => {
    const design = designOf(`
Resources:
  Queue: { Type: AWS::SQS::Queue }
  Work: { Type: AWS::Lambda::Function }
  Mapping: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt Queue.Arn, FunctionName: !Ref Work, BatchSize: 5 } }
  Topic: { Type: AWS::SNS::Topic }
  Subscription: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn } }
  Bus: { Type: AWS::Events::EventBus }
  Rule: { Type: AWS::Events::Rule, Properties: { EventBusName: !Ref Bus, EventPattern: { detail-type: [Placed] }, Targets: [{ Id: a, Arn: !GetAtt Work.Arn }] } }
  Files: { Type: AWS::S3::Bucket, Properties: { NotificationConfiguration: { LambdaConfigurations: [{ Event: "s3:ObjectCreated:*", Function: !GetAtt Work.Arn }] } } }
`);
    expect(edges(design)).toEqual([
      "Bus>Rule:target Placed",
      "Files>Work:trigger ObjectCreated:*",
      "Queue>Work:trigger batch of 5",
      "Rule>Work:trigger",
      "Topic>Queue:target",
    ]);
  });

  test("kinds without a definition look good and are connected by what they mention", () => {
    const design = designOf(`
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc } }
  Db: { Type: AWS::RDS::DBCluster, DependsOn: Subnet }
`);
    expect(edges(design)).toEqual(["Db>Subnet:reference depends on", "Subnet>Vpc:reference"]);
    expect(design.resources.map(({ subtitle, runs }) => [subtitle, runs])).toEqual([
      ["VPC", false],
      ["Subnet", false],
      ["DB cluster", false],
    ]);
  });
});

test("500 resources in under 200 ms", () => {
  const part = (i: number): string => `
  F${i}:
    Type: AWS::Serverless::Function
    Properties:
      Environment: { Variables: { TABLE: !Ref T${i}, QUEUE_URL: !Ref Q${(i * 7) % 125} } }
      Policies: [{ DynamoDBCrudPolicy: { TableName: !Ref T${i} } }, { SQSSendMessagePolicy: { QueueName: !GetAtt "Q${(i * 7) % 125}.QueueName" } }]
      Events: { Get: { Type: HttpApi, Properties: { Path: /p${i}, Method: GET } } }
  T${i}: { Type: AWS::Serverless::SimpleTable }
  Q${i}: { Type: AWS::SQS::Queue, Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt D${i}.Arn, maxReceiveCount: 3 } } }
  D${i}: { Type: AWS::SQS::Queue }`;
  const document = parseTemplate(`Resources:${Array.from({ length: 125 }, (_, i) => part(i)).join("")}\n`, "template.yaml");
  // The best of three: what the machine does besides is not the design's.
  const milliseconds = [1, 2, 3].map(() => {
    const begun = performance.now();
    const design = deriveDesign(document, { definitionOf });
    expect([design.resources.length, design.connections.length]).toEqual([501, 500]);
    return performance.now() - begun;
  });
  expect(Math.min(...milliseconds)).toBeLessThan(200);
});

test("names that objects have anyway are names like any other", () => {
  const design = designOf(`
Resources:
  constructor: { Type: AWS::SQS::Queue }
  toString: { Type: AWS::Serverless::Function, Properties: { Environment: { Variables: { valueOf: !Ref constructor } } } }
`);
  expect(edges(design)).toEqual(["toString>constructor:access"]);
});
