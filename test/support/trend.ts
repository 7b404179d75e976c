/** Runs `cust trend` over lines in memory. */
import spec from '../../src/commands/trend/index.ts'
import { run } from '../../src/commands/trend/run.ts'
import { formatDay } from '../../src/core/days.ts'
import type { OptionValues } from '../../src/core/options.ts'
import type { Columns } from '../../src/core/report.ts'
import type { Table } from '../../src/core/table.ts'
import type { Line } from './lines.ts'
import * as any from './ran.ts'

type Gives = (typeof spec)['gives']
export type TrendOptions = OptionValues<(typeof spec)['options']>
export type Ran = any.Ran<Gives>

export const trendOver = (lines: Table, options: Partial<TrendOptions>): Promise<Ran> =>
  any.ranOver(spec, run, lines, options)

export const trend = (lines: readonly Line[], options: Partial<TrendOptions> = {}): Promise<Ran> =>
  any.ran(spec, run, lines, options)

export const sheet = <K extends keyof Gives & string>(ran: Ran, name: K): Columns<Gives[K]> =>
  any.sheetOf(ran, name)

/** First days as they are written. */
export const daysOf = (days: Int32Array): string[] => Array.from(days, formatDay)
