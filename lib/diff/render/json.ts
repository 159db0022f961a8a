import type { Report } from "../report";

/** The report as its contract says (schemas/diff.json). */
export const renderJson = (report: Report): string => JSON.stringify(report, undefined, 2);
