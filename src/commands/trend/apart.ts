/** A metric taken apart: its trend, and what the seasons make of it. */
import { scales } from '../../models/forecast/scale.ts'
import { localTrend, stl, stlSettings } from '../../models/stl.ts'
import { twoSeasons } from '../../models/twoSeasons.ts'
import { type By, SEASON_OF } from './calendar.ts'

/** Whole periods only. What a season makes of the trend is a factor of it, or on the plain scale what it adds; NaN where there is none. */
export interface Apart {
  readonly trend: Float64Array
  /** Of the year. */
  readonly season: Float64Array
  /** Of the week; undefined where periods are no days. */
  readonly weekday: Float64Array | undefined
  readonly scale: 'log' | 'plain'
  readonly how: string
}

/** Neighbours of a trend without a season: half a year, a quarter, a week. */
const NEIGHBOURS: Readonly<Record<By, number>> = { month: 7, week: 13, day: 7 }
const LEAST = 3
const [WEEK, YEAR, MONTH] = [7, 365, 31]

export function apartOf(values: Float64Array, by: By): Apart {
  const none = new Float64Array(values.length).fill(Number.NaN)
  const scale = values.every((value) => value > 0) ? 'log' : 'plain'
  const scaled = values.map(scales[scale].to)
  const made = (found: Found): Apart => {
    const effect = (part: Float64Array | undefined) => part && effectOf(part, scale)
    return {
      trend: found.trend.map(scales[scale].from),
      season: effect(found.season) ?? none,
      weekday: by === 'day' ? (effect(found.weekday) ?? none) : undefined,
      scale,
      how: found.how,
    }
  }
  if (values.length < LEAST) return made({ trend: none, how: 'too few periods' })
  return made(by === 'day' ? daysApart(scaled) : periodsApart(scaled, by))
}

/** On the scale on which they add up. */
interface Found {
  readonly trend: Float64Array
  readonly season?: Float64Array
  readonly weekday?: Float64Array
  readonly how: string
}

function periodsApart(scaled: Float64Array, by: 'week' | 'month'): Found {
  const season = SEASON_OF[by]
  if (scaled.length < 2 * season) return lines(scaled, by)
  const { trend, seasonal } = stl(scaled, stlSettings(season, scaled.length))
  return { trend, season: seasonal, how: `STL, a season of ${season} ${by}s` }
}

/** From two weeks on days have a week, from two years on a year, too. */
function daysApart(scaled: Float64Array): Found {
  if (scaled.length < 2 * WEEK) return lines(scaled, 'day')
  if (scaled.length < 2 * YEAR) {
    const { trend, seasonal } = stl(scaled, stlSettings(WEEK, scaled.length))
    return { trend, weekday: seasonal, how: `STL, a season of ${WEEK} days` }
  }
  const { trend, short, long } = twoSeasons(scaled, { short: WEEK, long: YEAR, smooth: MONTH })
  return { trend, season: long, weekday: short, how: `STL, seasons of ${WEEK} and of ${YEAR} days` }
}

const lines = (scaled: Float64Array, by: By): Found => ({
  trend: localTrend(scaled, NEIGHBOURS[by]),
  how: `local lines through ${NEIGHBOURS[by]} ${by}s`,
})

const effectOf = (part: Float64Array, scale: Apart['scale']): Float64Array =>
  scale === 'log' ? part.map(Math.exp) : part

/** Values without those that are none: on the line between their neighbours, or as the nearest. */
export function bridged(values: Float64Array): Float64Array {
  const known = [...values.keys()].filter((i) => !Number.isNaN(values[i]))
  return values.map((value, i) => {
    if (!Number.isNaN(value)) return value
    const right = known.findIndex((at) => at > i)
    const after = known[right === -1 ? known.length - 1 : right] as number
    const before = known[Math.max(0, right === -1 ? known.length - 1 : right - 1)] as number
    const share = after === before ? 0 : Math.min(1, Math.max(0, (i - before) / (after - before)))
    return (values[before] as number) + share * ((values[after] as number) - (values[before] as number))
  })
}
