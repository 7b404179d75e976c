/** What the second thread does: mends rows by what the first one found. */
import type { Mends } from '../../core/rewrite.ts'
import { type Findings, mendersOf } from './menders.ts'
import { rowMender } from './rows.ts'

export const mends: Mends = async (plan, { headers, isRow }) =>
  rowMender({ headers, menders: await mendersOf(plan as Findings), steps: [], adds: [], isRow })
