import { CloudFrontClient, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";
import type { DynamoDBStreamEvent } from "aws-lambda";

const edge = new CloudFrontClient();

export async function handler(event: DynamoDBStreamEvent): Promise<void> {
  const slugs = new Set(event.Records.map((record) => record.dynamodb?.Keys?.slug?.S));
  const paths = [...[...slugs].map((slug) => `/articles/${slug}`), "/search*"];
  await edge.send(
    new CreateInvalidationCommand({
      DistributionId: process.env.DISTRIBUTION,
      InvalidationBatch: {
        // the same batch again is the same invalidation
        CallerReference: event.Records[0]?.eventID,
        Paths: { Quantity: paths.length, Items: paths },
      },
    }),
  );
  console.log("forgotten at the edge", paths);
}
