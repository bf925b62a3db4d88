import { expect, it } from "vitest";
import { runExample } from "../support/example.ts";

const dispossessed = { title: "The Dispossessed", author: "Le Guin", year: 1974 };

it("makes, reads, changes and removes a book", async () => {
  const { request } = await runExample("crud-api");
  const made = await request("Library", "POST", "/books", dispossessed);
  expect(made).toMatchObject({ status: 201, json: { ...dispossessed, version: 1 } });
  const where = made.header("location") ?? "";

  expect(await request("Library", "GET", where)).toMatchObject({ status: 200, json: dispossessed });
  const changed = await request("Library", "PUT", where, { ...dispossessed, year: 1975, version: 1 });
  expect(changed).toMatchObject({ status: 200, json: { year: 1975, version: 2 } });

  expect(await request("Library", "DELETE", where)).toMatchObject({ status: 204, json: null });
  expect(await request("Library", "GET", where)).toMatchObject({ status: 404 });
  expect(await request("Library", "DELETE", where)).toMatchObject({ status: 404 });
});

it("tells the second of two people who change the same version", async () => {
  const { request } = await runExample("crud-api");
  const where = (await request("Library", "POST", "/books", dispossessed)).header("location") ?? "";

  expect(await request("Library", "PUT", where, { ...dispossessed, title: "Ada's title", version: 1 })).toMatchObject({ status: 200 });
  const second = await request("Library", "PUT", where, { ...dispossessed, title: "Grace's title", version: 1 });
  expect(second).toMatchObject({ status: 409, json: { current: { title: "Ada's title", version: 2 } } });
  expect((await request("Library", "GET", where)).json).toMatchObject({ title: "Ada's title" });
});

it("lists an author's books by title, page by page", async () => {
  const { request } = await runExample("crud-api");
  for (const title of ["Rocannon's World", "The Lathe of Heaven", "City of Illusions"])
    await request("Library", "POST", "/books", { title, author: "Le Guin" });
  await request("Library", "POST", "/books", { title: "Solaris", author: "Lem" });

  const titles: unknown[] = [];
  let next: unknown = "";
  while (next !== undefined) {
    const { json } = await request("Library", "GET", `/books?author=Le%20Guin&limit=2&after=${String(next)}`);
    titles.push((json?.["books"] as { title: string }[] | undefined)?.map((book) => book.title));
    next = json?.["next"];
  }
  expect(titles).toEqual([["City of Illusions", "Rocannon's World"], ["The Lathe of Heaven"]]);
  expect((await request("Library", "GET", "/books")).json?.["books"]).toHaveLength(4);
});

it("says what is wrong with a book, and what is not there", async () => {
  const { request } = await runExample("crud-api");
  expect(await request("Library", "POST", "/books", { title: "Nobody's" })).toMatchObject({ status: 400 });
  expect(await request("Library", "POST", "/books", { ...dispossessed, year: "long ago" })).toMatchObject({ status: 400 });
  expect(await request("Library", "PUT", "/books/none", { ...dispossessed, version: 1 })).toMatchObject({ status: 404 });
});
