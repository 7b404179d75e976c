/**
 * Calendar days as whole numbers: days since 1970-01-01 in the proleptic Gregorian calendar.
 * No time zone is involved: a day is the date that is written in the data.
 */

/** Stands for "no date" in a column of days. */
export const NO_DAY = -2147483648

const MS_PER_DAY = 86_400_000
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/

/** `2024-02-29` as a day number; undefined for text that is not a real calendar date in ISO form. */
export function parseDay(iso: string): number | undefined {
  const match = ISO.exec(iso)
  if (!match) return undefined
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const date = new Date(Date.UTC(2000, month - 1, day))
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  return Math.round(date.getTime() / MS_PER_DAY)
}

/** A day number as `2024-02-29`; the empty string for `NO_DAY`. */
export function formatDay(day: number): string {
  return day === NO_DAY ? '' : new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}
