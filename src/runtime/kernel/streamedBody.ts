/** A content too large to be held in memory: read once, piece by piece. Small ones are bytes. */
export interface StreamedBody extends AsyncIterable<Uint8Array> {
  /** Names that its head announces for what stands behind it: `x-amz-checksum-crc32`. */
  readonly trailerNames: string;
  /** What stood behind it, by lower-case name; filled once all is read. */
  readonly trailers: Readonly<Record<string, string>>;
}
