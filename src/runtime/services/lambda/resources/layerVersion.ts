import { rmSync } from "node:fs";
import path from "node:path";
import { isJsonObject } from "../../../../model/json.ts";
import { physicalName } from "../../../kernel/physicalName.ts";
import type { ResourceProvider } from "../../../kernel/service.ts";
import { notRunLocally } from "../errors.ts";
import type { Functions } from "../functions.ts";
import { keepLayer, layerDirectory } from "../layers.ts";
import { text } from "./function.ts";

/** AWS::Lambda::LayerVersion from a local folder; its Node.js modules are found by the functions that name it. */
export function layerVersionProvider(functions: Functions): ResourceProvider {
  const { directory } = functions.service;
  return {
    create(resource, call) {
      const { properties, projectDirectory } = resource;
      const content = properties["Content"];
      const local = typeof content === "string" ? content : isJsonObject(content) ? text(content["ContrailLocalPath"]) : undefined;
      if (local === undefined) throw notRunLocally(`${resource.logicalId}'s content from S3 (name a local folder in ContentUri)`);
      const name = text(properties["LayerName"]) ?? physicalName(resource, call.kernel.ids, 64);
      const arn = `arn:aws:lambda:${call.region}:${call.accountId}:layer:${name}:${Math.floor(call.now() / 1000)}`;
      keepLayer(directory, arn, path.resolve(projectDirectory, local));
      return { physicalId: arn, attributes: { LayerVersionArn: arn } };
    },
    delete(previous) {
      rmSync(layerDirectory(directory, previous.physicalId), { recursive: true, force: true });
    },
  };
}
