import { limitTable } from "./limit.ts";

const quotas = { url: "https://docs.aws.amazon.com/general/latest/gr/s3.html", checkedOn: "2026-11-21" };
const multipart = { url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html", checkedOn: "2026-11-21" };
const naming = { url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html", checkedOn: "2026-11-21" };

const mebibyte = 1024 * 1024;

export const s3Limits = limitTable("s3", {
  bucketNameLengthMin: [3, "characters", "hard", naming],
  bucketNameLengthMax: [63, "characters", "hard", naming],
  buckets: [10_000, "buckets", "soft", quotas],
  uploadBytes: [5 * 1024 * mebibyte, "bytes", "hard", quotas],
  partBytesMin: [5 * mebibyte, "bytes", "hard", multipart],
  parts: [10_000, "parts", "hard", multipart],
  listedKeys: [1_000, "keys", "hard", multipart],
  deletedKeys: [1_000, "keys", "hard", quotas],
  objectTags: [10, "tags", "hard", quotas],
  bucketTags: [50, "tags", "hard", quotas],
});
