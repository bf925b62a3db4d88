/** Hands a file to the person: browsers put it into the downloads, the desktop window asks where. */
export function download(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // the download reads it after the click has returned
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
