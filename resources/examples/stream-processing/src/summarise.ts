import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { type Day, type Reading, tables } from "./tables";

/** Throws at a record that it cannot read: Lambda then cuts the batch until that record stands alone. */
export async function handler(event: DynamoDBStreamEvent): Promise<void> {
  const days = new Map<string, Day>();
  for (const record of event.Records) {
    const reading = readingOf(record);
    const day = reading.at.slice(0, 10);
    const key = `${reading.sensor} ${day}`;
    const known = days.get(key) ?? (await storedDay(reading.sensor, day));
    days.set(key, withReading(known, reading, day, record.dynamodb?.SequenceNumber ?? "0"));
  }
  for (const day of days.values()) await tables.send(new PutCommand({ TableName: process.env.DAYS, Item: day }));
  console.log(`${event.Records.length} readings, ${days.size} days`);
}

function readingOf({ dynamodb }: DynamoDBRecord): Reading & { celsius: number } {
  const { sensor, at, celsius } = unmarshall((dynamodb?.NewImage ?? {}) as Record<string, AttributeValue>) as Reading;
  if (typeof celsius !== "number") throw new Error(`${sensor} sent ${JSON.stringify(celsius)}, which is no temperature.`);
  return { sensor, at, celsius };
}

async function storedDay(sensor: string, day: string): Promise<Day | undefined> {
  const { Item: stored } = await tables.send(new GetCommand({ TableName: process.env.DAYS, Key: { sensor, day }, ConsistentRead: true }));
  return stored as Day | undefined;
}

/** A batch that failed comes again. Records of one sensor come in order, so what is not after the last one was counted before. */
function withReading(known: Day | undefined, { sensor, celsius }: Reading & { celsius: number }, day: string, sequenceNumber: string): Day {
  if (known === undefined) return { sensor, day, count: 1, lowest: celsius, highest: celsius, sum: celsius, sequenceNumber };
  if (BigInt(sequenceNumber) <= BigInt(known.sequenceNumber)) return known;
  return {
    ...known,
    count: known.count + 1,
    lowest: Math.min(known.lowest, celsius),
    highest: Math.max(known.highest, celsius),
    sum: known.sum + celsius,
    sequenceNumber,
  };
}
