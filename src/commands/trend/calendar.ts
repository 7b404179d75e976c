/** Periods of the calendar, as day numbers: days, weeks from Monday on, months. */

export type By = 'day' | 'week' | 'month'

const MS_A_DAY = 86_400_000
/** 1970-01-01, day 0, was a Thursday. */
const THURSDAY = 3

/** From 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: number): number => (((day + THURSDAY) % 7) + 7) % 7

/** The first day of the period, so many periods after the one that holds a day. */
export function startOf(by: By, day: number, later = 0): number {
  if (by === 'day') return day + later
  if (by === 'week') return day - weekdayOf(day) + 7 * later
  const date = new Date(day * MS_A_DAY)
  return monthStart(12 * date.getUTCFullYear() + date.getUTCMonth() + later)
}

function monthStart(months: number): number {
  const first = new Date(0)
  // Date.UTC takes the years 0 to 99 for those of the last century.
  first.setUTCFullYear(Math.floor(months / 12), months % 12, 1)
  return first.getTime() / MS_A_DAY
}

/** Periods of a season: the year of months and weeks, the week of days. */
export const SEASON_OF: Readonly<Record<By, number>> = { month: 12, week: 52, day: 7 }

/** Periods of a year; days are compared with 52 weeks before, so that weekdays are alike. */
export const YEAR_OF: Readonly<Record<By, number>> = { month: 12, week: 52, day: 364 }

/** Months from a year on, weeks from eight weeks on, else days. */
export function usualPeriod(daysOfData: number): By {
  if (daysOfData >= 365) return 'month'
  return daysOfData >= 56 ? 'week' : 'day'
}
