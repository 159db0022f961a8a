/** Days of the calendar as whole numbers, so that spans are differences. */

const millisecondsOfDay = 86_400_000;

/** The number of a day, counted from 1970-01-01. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / millisecondsOfDay;
}

/** The day with this number, as YYYY-MM-DD. */
export function dateOf(day: number): string {
  return new Date(day * millisecondsOfDay).toISOString().slice(0, 10);
}
