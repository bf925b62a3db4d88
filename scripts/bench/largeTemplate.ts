// A template as large teams have them: forty modules that each hold an API with its functions, tables, queues, topics, a bus with
// rules, a state machine, alarms and roles, written in the styles that people mix.

/** As YAML, with comments and long and short intrinsics; about thirteen resources per module. */
export function largeTemplate(resources: number): string {
  const modules = Math.ceil(resources / 13);
  const parts = Array.from({ length: modules }, (_, index) => moduleText(index, modules));
  return `${head}${parts.join("")}${tail}`;
}

const head = `AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31
Description: Orders, one module per market

Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  LogDays: { Type: Number, Default: 14 }

Mappings:
  Sizes:
    dev: { memory: 256, concurrency: 2 }
    prod: { memory: 1024, concurrency: 20 }

Conditions:
  IsProd: !Equals [!Ref Stage, prod]

Globals:
  Function:
    Runtime: nodejs22.x
    Timeout: 10
    MemorySize: !FindInMap [Sizes, !Ref Stage, memory]
    Environment:
      Variables:
        STAGE: !Ref Stage
        LOG_LEVEL: !If [IsProd, warn, debug]

Resources:
  # Everything that happened, for everyone
  Bus:
    Type: AWS::Events::EventBus
    Properties:
      Name: !Sub "\${AWS::StackName}-orders"
`;

const tail = `
Outputs:
  Url:
    Description: Where to order
    Value: !Sub "https://\${Api0}.execute-api.\${AWS::Region}.amazonaws.com"
`;

function moduleText(index: number, modules: number): string {
  const next = (index + 1) % modules;
  return `
  # ---- market ${index} ----
  Api${index}:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: !Ref Stage
      CorsConfiguration: { AllowOrigins: ["*"], AllowMethods: [GET, POST] }
  Create${index}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/market${index}/
      Handler: create.handler
      Environment:
        Variables:
          TABLE: !Ref Orders${index}
          QUEUE_URL: !Ref Jobs${index} # read by the client below
          BUS: !GetAtt Bus.Name
      Policies:
        - DynamoDBCrudPolicy: { TableName: !Ref Orders${index} }
        - SQSSendMessagePolicy:
            QueueName: !GetAtt Jobs${index}.QueueName
        - Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Action: [events:PutEvents]
              Resource: !GetAtt Bus.Arn
      Events:
        Create: { Type: HttpApi, Properties: { ApiId: !Ref Api${index}, Path: /orders, Method: POST } }
        Quote:
          Type: HttpApi
          Properties:
            ApiId: !Ref Api${index}
            Path: "/orders/{id}/quote"
            Method: get
  Read${index}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/market${index}/
      Handler: read.handler
      Environment: { Variables: { TABLE: !Ref Orders${index}, NEIGHBOUR: !Ref Orders${next} } }
      Policies:
        - DynamoDBReadPolicy: { TableName: !Ref Orders${index} }
        - DynamoDBReadPolicy: { TableName: !Ref Orders${next} }
      Events:
        Read: { Type: HttpApi, Properties: { ApiId: !Ref Api${index}, Path: "/orders/{id}", Method: GET } }
        List: { Type: HttpApi, Properties: { ApiId: !Ref Api${index}, Path: /orders, Method: GET } }
  Fulfil${index}:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/market${index}/
      Handler: fulfil.handler
      ReservedConcurrentExecutions:
        Fn::FindInMap: [Sizes, { Ref: Stage }, concurrency]
      Policies: [{ DynamoDBWritePolicy: { TableName: !Ref Orders${index} } }, { SNSPublishMessagePolicy: { TopicName: !GetAtt News${index}.TopicName } }]
      Events:
        Jobs:
          Type: SQS
          Properties:
            Queue: !GetAtt Jobs${index}.Arn
            BatchSize: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
        Changes:
          Type: DynamoDB
          Properties: { Stream: !GetAtt Orders${index}.StreamArn, StartingPosition: LATEST, BatchSize: 50 }
  Orders${index}:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }
  Jobs${index}:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 60
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead${index}.Arn, maxReceiveCount: 3 }
  Dead${index}:
    Type: AWS::SQS::Queue
    Properties: { MessageRetentionPeriod: 1209600 }
  News${index}:
    Type: AWS::SNS::Topic
  NewsToNeighbour${index}:
    Type: AWS::SNS::Subscription
    Properties:
      TopicArn: !Ref News${index}
      Protocol: sqs
      Endpoint: !GetAtt Jobs${next}.Arn
      FilterPolicy: { market: ["${index}"] }
  Placed${index}:
    Type: AWS::Events::Rule
    Properties:
      EventBusName: !Ref Bus
      EventPattern: { source: [orders], detail-type: [Placed, Paid] }
      Targets: [{ Id: flow, Arn: !Ref Flow${index}, RoleArn: !GetAtt Start${index}.Arn }]
  Flow${index}:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Reserve
        States:
          Reserve:
            Type: Task
            Resource: arn:aws:states:::lambda:invoke
            Parameters: { FunctionName: !GetAtt Fulfil${index}.Arn, "Payload.$": $ }
            Next: Tell
          Tell:
            Type: Task
            Resource: arn:aws:states:::sqs:sendMessage
            Parameters: { QueueUrl: !Ref Jobs${index}, "MessageBody.$": $ }
            End: true
      Policies: [{ LambdaInvokePolicy: { FunctionName: !Ref Fulfil${index} } }, { SQSSendMessagePolicy: { QueueName: !GetAtt Jobs${index}.QueueName } }]
  Start${index}:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: events.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies: [{ PolicyName: start, PolicyDocument: { Statement: [{ Effect: Allow, Action: states:StartExecution, Resource: !Ref Flow${index} }] } }]
  Late${index}:
    Type: AWS::CloudWatch::Alarm
    Condition: IsProd
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions: [{ Name: QueueName, Value: !GetAtt Jobs${index}.QueueName }]
      AlarmActions: [!Ref News${index}]
      ComparisonOperator: GreaterThanThreshold
      EvaluationPeriods: 3
      Period: 60
      Statistic: Maximum
      Threshold: 300
`;
}
