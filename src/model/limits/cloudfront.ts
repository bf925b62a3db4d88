import { limitTable } from "./limit.ts";

const quotas = {
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html",
  checkedOn: "2026-11-01",
};
const expiration = { url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html", checkedOn: "2026-10-01" };
const customOrigin = {
  url: "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CustomOriginConfig.html",
  checkedOn: "2026-10-01",
};
const invalidation = {
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Invalidation.html",
  checkedOn: "2026-11-01",
};

export const cloudfrontLimits = limitTable("cloudfront", {
  cacheBehaviors: [75, "behaviors", "soft", quotas],
  origins: [100, "origins", "soft", quotas],
  originGroups: [10, "groups", "soft", quotas],
  urlCharacters: [8_192, "bytes", "hard", quotas],
  requestHeaderBytes: [32_768, "bytes", "hard", quotas],
  cachedObjectBytes: [53_687_091_200, "bytes", "hard", quotas],
  defaultTtlSeconds: [86_400, "s", "hard", expiration],
  maxTtlSeconds: [31_536_000, "s", "hard", expiration],
  errorCachingSecondsDefault: [10, "s", "hard", expiration],
  originConnectSecondsMin: [1, "s", "hard", customOrigin],
  originConnectSecondsMax: [10, "s", "hard", customOrigin],
  originConnectAttemptsMax: [3, "attempts", "hard", customOrigin],
  originResponseSecondsMin: [1, "s", "hard", customOrigin],
  originResponseSecondsMax: [120, "s", "soft", customOrigin],
  originResponseSecondsDefault: [30, "s", "hard", customOrigin],
  originKeepAliveSecondsMax: [120, "s", "soft", customOrigin],
  originKeepAliveSecondsDefault: [5, "s", "hard", customOrigin],
  commentCharacters: [128, "characters", "hard", quotas],
  invalidationPathsInProgress: [3_000, "paths", "hard", invalidation],
  invalidationWildcardsInProgress: [15, "paths", "hard", invalidation],
});
