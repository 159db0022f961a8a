import Ajv from "ajv";
import { z } from "zod";
import { sizeDocument, sizeDocumentSchema } from "../../lib/sizing/document";
import { expectUpToDate } from "../support/upToDate";
import { calendar, messengerOf } from "./messenger";

const schema = z.toJSONSchema(sizeDocumentSchema, { target: "draft-7" });
const soroush = messengerOf({
  placement: { sites: { thr1: 600, mhd1: 400 }, survives: "rack", layout: "split" },
  load: { peakConcurrent: 1.3e6, source: "its gateways" },
  surges: [{ name: "new-year", from: "2026-12-01", to: "2026-12-02", factor: 1.4 }],
});
const document = sizeDocument([soroush, messengerOf({ messenger: "gone", lifecycle: { state: "retired" } })], calendar);
const [first, gone] = document.messengers;

test("schemas/size.json says what the document holds", () => {
  expectUpToDate("schemas/size.json", `${JSON.stringify({ title: "zirsakht size --format json", ...schema }, undefined, 2)}\n`);
});

test("the document is as its schema says", () => {
  const ajv = new Ajv({ strict: true, validateFormats: false });
  const valid = ajv.validate(schema, document);
  expect(ajv.errors).toBeNull();
  expect(valid).toBe(true);
  expect(ajv.validate(schema, { ...document, extra: 1 })).toBe(false);
});

test("it has the book date's figures, the peak's, the sites' and their basis", () => {
  expect(Object.keys(first ?? {})).toEqual(["messenger", "asOf", "load", "roles", "total", "peak", "sites", "basis"]);
  expect(first?.load).toMatchObject({ dailyActive: 3e6, peakConcurrent: 1.3e6 });
  expect(first?.peak).toMatchObject({ date: "2026-12-01", cause: "surge new-year", load: { peakConcurrent: 1.82e6 } });
  expect(first?.basis).toContainEqual(expect.objectContaining({ name: "load.peakConcurrent", kind: "measured", source: "its gateways" }));
});

test("the sites add up to the total", () => {
  const { thr1, mhd1 } = first?.sites ?? {};
  for (const [name, value] of Object.entries(first?.total ?? {})) {
    const part = name as keyof NonNullable<typeof first>["total"];
    expect(((thr1?.total[part] ?? 0) + (mhd1?.total[part] ?? 0)) / value).toBeCloseTo(1, 7);
  }
});

test("numbers are plain, to nine digits", () => {
  expect(first?.roles.gateway.threadsUsed).toBe(Number(first?.roles.gateway.threadsUsed.toPrecision(9)));
  expect(JSON.stringify(document)).not.toMatch(/null|\d{12}/);
});

test("a retired messenger needs nothing, and says why", () => {
  expect(new Set(Object.values(gone?.total ?? { none: 1 }))).toEqual(new Set([0]));
  expect(gone?.peak).toMatchObject({ date: "2026-11-24", cause: "retired", total: { threads: 0 } });
});
