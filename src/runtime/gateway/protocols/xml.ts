import { XmlShapeDeserializer, XmlShapeSerializer } from "@aws-sdk/core/protocols";
import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../../kernel/awsError.ts";
import type { Model } from "../model.ts";

/** XML by schema, through the SDK's own codec. */

const dateTime = 5;

function settingsOf(model: Model) {
  return {
    timestampFormat: { useTrait: true, default: dateTime } as const,
    httpBindings: model.settings.protocol === "restXml",
    xmlNamespace: model.settings.xmlNamespace ?? "",
    serviceNamespace: model.settings.errorNamespace ?? "",
  };
}

export function readXml(model: Model, schema: NormalizedSchema, body: Buffer): unknown {
  try {
    return new XmlShapeDeserializer(settingsOf(model)).read(schema, body);
  } catch (error) {
    throw new AwsError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", {
      cause: error,
    });
  }
}

/** `schema` may be a NormalizedSchema or a schema tuple of ours (an envelope). */
export function writeXml(model: Model, schema: XmlSchema, value: unknown): Buffer {
  const serializer = new XmlShapeSerializer(settingsOf(model));
  serializer.write(schema, value);
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${String(serializer.flush())}`);
}

export type XmlSchema = Parameters<XmlShapeSerializer["write"]>[0];

export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
