/** Runs `cust sequences` over lines in memory. */
import spec from '../../src/commands/sequences/index.ts'
import { run } from '../../src/commands/sequences/run.ts'
import type { OptionValues } from '../../src/core/options.ts'
import type { Columns } from '../../src/core/report.ts'
import type { Table } from '../../src/core/table.ts'
import type { Line } from './lines.ts'
import * as any from './ran.ts'

type Gives = (typeof spec)['gives']
export type SequencesOptions = OptionValues<(typeof spec)['options']>
export type Ran = any.Ran<Gives>

export const sequencesOver = (lines: Table, options: Partial<SequencesOptions>): Promise<Ran> =>
  any.ranOver(spec, run, lines, options)

export const sequences = (lines: readonly Line[], options: Partial<SequencesOptions> = {}): Promise<Ran> =>
  any.ran(spec, run, lines, options)

export const sheet = <K extends keyof Gives & string>(ran: Ran, name: K): Columns<Gives[K]> =>
  any.sheetOf(ran, name)
