/** Names that a Python module binds; undefined: not all can be told from the text. */
export function exportsOfPython(text: string): Set<string> | undefined {
  const code = text.replace(/("""|''')[^]*?\1/g, '""').replace(/#[^\n]*/g, "");
  if (/\bimport\s+\*|\bglobals\s*\(|\bsetattr\s*\(|\bexec\s*\(/.test(code)) return undefined;
  const names = new Set<string>();
  for (const [, name] of code.matchAll(/^\s*(?:async\s+)?(?:def|class)\s+(\w+)/gm)) if (name) names.add(name);
  for (const [, targets = ""] of code.matchAll(/^[ \t]*([\w, \t]+?)\s*(?::[^=\n]+)?=(?!=)/gm)) {
    for (const [name] of targets.matchAll(/\w+/g)) names.add(name);
  }
  for (const [, list = ""] of code.matchAll(/\bimport\s+(\([^)]*\)|[^\n;]+)/g)) {
    for (const part of list.replace(/[()]/g, "").split(",")) {
      const name = /([\w.]+)\s*$/.exec(part.trim())?.[1];
      if (name !== undefined) names.add(name);
    }
  }
  return names;
}
