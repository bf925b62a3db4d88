/** Who calls, as the trace names it, from the User-Agent: `AWS CLI`, `AWS SDK for JavaScript`, `Browser`, `curl`. */
export function clientName(userAgent: string | undefined): string {
  if (!userAgent) return "Client";
  for (const [start, name] of known) if (userAgent.startsWith(start)) return name;
  const end = userAgent.search(/[/ ]/);
  return end < 0 ? userAgent : userAgent.slice(0, end);
}

const known = [
  ["Mozilla/", "Browser"],
  ["aws-sdk-js/", "AWS SDK for JavaScript"],
  ["aws-cli/", "AWS CLI"],
  ["Boto3/", "boto3"],
  ["APN/", "Terraform"],
  ["node", "Node.js"],
] as const;
