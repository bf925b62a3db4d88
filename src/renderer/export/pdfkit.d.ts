// What is used of pdfkit and its reader of fonts beyond the types that are published.
declare module "fontkit" {
  export function create(font: Uint8Array): { hasGlyphForCodePoint(codePoint: number): boolean };
}

declare module "pdfkit/output" {
  export function toBytes(document: PDFKit.PDFDocument): Promise<Uint8Array>;
}
