/**
 * Names in the order in which AWS writes the columns of a CSV row: that of a Java HashMap, which shows in every recorded row.
 * https://docs.oracle.com/javase/8/docs/api/java/util/HashMap.html
 */
export function inHashOrder(names: readonly string[]): string[] {
  let buckets = 16;
  while (names.length > buckets * 0.75) buckets *= 2;
  return names.toSorted((one, other) => bucketOf(one, buckets) - bucketOf(other, buckets));
}

function bucketOf(name: string, buckets: number): number {
  let hash = 0;
  for (let index = 0; index < name.length; index++) hash = (Math.imul(hash, 31) + name.charCodeAt(index)) | 0;
  return (hash ^ (hash >>> 16)) & (buckets - 1);
}
