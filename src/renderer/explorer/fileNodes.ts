export interface FileNode {
  readonly name: string;
  readonly path: string;
  readonly isDirectory: boolean;
  readonly children: readonly FileNode[];
}

interface OpenNode extends FileNode {
  readonly children: OpenNode[];
}

/** A tree from flat paths: folders first, each level by name. Folders that are only implied by a path are made. */
export function buildFileTree(files: readonly { readonly path: string; readonly isDirectory: boolean }[]): readonly FileNode[] {
  const root: OpenNode = { name: "", path: "", isDirectory: true, children: [] };
  const folders = new Map<string, OpenNode>([["", root]]);

  const folderOf = (path: string): OpenNode => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    return add(path, true);
  };
  const add = (path: string, isDirectory: boolean): OpenNode => {
    const cut = path.lastIndexOf("/");
    const node: OpenNode = { name: path.slice(cut + 1), path, isDirectory, children: [] };
    folderOf(cut === -1 ? "" : path.slice(0, cut)).children.push(node);
    if (isDirectory) folders.set(path, node);
    return node;
  };

  for (const file of files) {
    if (!(file.isDirectory && folders.has(file.path))) add(file.path, file.isDirectory);
  }
  sort(root);
  return root.children;
}

function sort(node: OpenNode): void {
  node.children.sort((a, b) => Number(b.isDirectory) - Number(a.isDirectory) || a.name.localeCompare(b.name));
  node.children.forEach(sort);
}
