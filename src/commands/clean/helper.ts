/** What the second thread does: looks at rows, and mends others by what was found. */
import type { RowHelp } from '../../core/rewrite.ts'
import type { CleanColumn } from './columns.ts'
import { evidenceGatherer } from './evidence.ts'
import { type Findings, mendersOf } from './menders.ts'
import { rowMender } from './rows.ts'

export const rowHelp: RowHelp = {
  gatherer: (plan) => evidenceGatherer(plan as readonly CleanColumn[]),
  mender: async (plan, { headers, isRow }) =>
    rowMender({ headers, menders: await mendersOf(plan as Findings), steps: [], adds: [], isRow }),
}
