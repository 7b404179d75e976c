/** Runs the churn command over lines in memory, with the options that differ from the defaults. */
import spec from '../../src/commands/churn/index.ts'
import { run } from '../../src/commands/churn/run.ts'
import type { OptionValues } from '../../src/core/options.ts'
import type { Columns } from '../../src/core/report.ts'
import type { Table } from '../../src/core/table.ts'
import type { Line } from './lines.ts'
import * as any from './ran.ts'

export type ChurnOptions = OptionValues<(typeof spec)['options']>

type Gives = (typeof spec)['gives']

export type Ran = any.Ran<Gives>

export const churnOver = (lines: Table, options: Partial<ChurnOptions>): Promise<Ran> =>
  any.ranOver(spec, run, lines, options)

export const churn = (lines: readonly Line[], options: Partial<ChurnOptions> = {}): Promise<Ran> =>
  any.ran(spec, run, lines, options)

/** A sheet of the answer that must be there. */
export const sheet = <K extends keyof Gives & string>(ran: Ran, name: K): Columns<Gives[K]> =>
  any.sheetOf<Gives, K>(ran, name)
