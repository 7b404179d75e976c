/** A metric taken apart: its trend, and what the seasons make of it. */
import { scales } from '../../models/forecast/scale.ts'
import { localTrend, stl, stlSettings } from '../../models/stl.ts'
import { type By, SEASON_OF } from './calendar.ts'

/** Whole periods only. The season is a factor of the trend; NaN where there is none. */
export interface Apart {
  readonly trend: Float64Array
  readonly season: Float64Array
  readonly scale: 'log' | 'plain'
  readonly how: string
}

/** Neighbours of a trend without a season: half a year, a quarter, a week. */
const NEIGHBOURS: Readonly<Record<By, number>> = { month: 7, week: 13, day: 7 }
const LEAST = 3

export function apartOf(values: Float64Array, by: By): Apart {
  const none = new Float64Array(values.length).fill(Number.NaN)
  const scale = values.every((value) => value > 0) ? 'log' : 'plain'
  if (values.length < LEAST) return { trend: none, season: none, scale, how: 'too few periods' }
  const { to, from } = scales[scale]
  const scaled = values.map(to)
  if (values.length < 2 * SEASON_OF[by]) {
    const trend = localTrend(scaled, NEIGHBOURS[by]).map(from)
    return { trend, season: none, scale, how: `local lines through ${NEIGHBOURS[by]} ${by}s` }
  }
  const { trend, seasonal } = stl(scaled, stlSettings(SEASON_OF[by], values.length))
  const season = trend.map((level, i) => ratio(from(level + (seasonal[i] as number)), from(level)))
  return { trend: trend.map(from), season, scale, how: `STL, a season of ${SEASON_OF[by]} ${by}s` }
}

const ratio = (one: number, other: number): number => (other > 0 ? one / other : Number.NaN)

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
