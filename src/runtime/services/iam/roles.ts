import type { Ids } from "../../kernel/service.ts";
import { migrate, type Database } from "../../storage/database.ts";

export interface KeptRole {
  readonly name: string;
  readonly id: string;
  readonly arn: string;
  readonly path: string;
  /** JSON text. */
  readonly trustPolicy: string;
  readonly description: string | null;
  /** Virtual milliseconds. */
  readonly createdAt: number;
}

/** Roles of the account; IAM knows no regions. */
export interface Roles {
  find(name: string): KeptRole | undefined;
  all(): KeptRole[];
  save(role: KeptRole): void;
  remove(name: string): void;
  /** `AROA` and 17 characters. */
  newId(ids: Ids): string;
}

export function createRoles(database: Database): Roles {
  migrate(database, "iam", ["CREATE TABLE iam_roles (name TEXT PRIMARY KEY, role TEXT NOT NULL)"]);
  const find = database.prepare<[string], { role: string }>("SELECT role FROM iam_roles WHERE name = ?");
  const all = database.prepare<[], { role: string }>("SELECT role FROM iam_roles ORDER BY name");
  const save = database.prepare("INSERT INTO iam_roles VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET role = excluded.role");
  const remove = database.prepare("DELETE FROM iam_roles WHERE name = ?");
  const parse = (row: { role: string }): KeptRole => JSON.parse(row.role) as KeptRole;
  return {
    find(name) {
      const row = find.get(name);
      return row === undefined ? undefined : parse(row);
    },
    all: () => all.all().map(parse),
    save: (role) => void save.run(role.name, JSON.stringify(role)),
    remove: (name) => void remove.run(name),
    newId: (ids) => `AROA${ids.base36(17)}`,
  };
}
