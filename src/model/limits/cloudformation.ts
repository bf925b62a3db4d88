import { limitTable } from "./limit.ts";

const quotas = {
  url: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
  checkedOn: "2026-11-01",
};

export const cloudformationLimits = limitTable("cloudformation", {
  templateBytes: [1_048_576, "bytes", "hard", quotas],
  resources: [500, "resources", "hard", quotas],
  parameters: [200, "parameters", "hard", quotas],
  outputs: [200, "outputs", "hard", quotas],
  mappings: [200, "mappings", "hard", quotas],
  mappingAttributes: [200, "attributes", "hard", quotas],
  descriptionBytes: [1_024, "bytes", "hard", quotas],
  logicalIdCharacters: [255, "characters", "hard", quotas],
});
