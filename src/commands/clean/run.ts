import type { Rewrite } from '../../core/command.ts'
import type { RewriteInput } from '../../core/rewrite.ts'
import { type CellMender, cellMender } from './cellMender.ts'
import { columnsOf } from './columns.ts'
import { conversionOf } from './converters.ts'
import { gatherEvidence } from './evidence.ts'
import type spec from './index.ts'
import { rowMender } from './rows.ts'
import { tallyOf } from './tally.ts'
import { changesSheet, columnsSheet, tellColumns } from './told.ts'

export const run: Rewrite<typeof spec> = async (input, options) => {
  const menders = await mendersOf(input, options)
  const tally = tallyOf()
  const { headers } = input
  const rewriting = rowMender({ headers, menders, steps: [], adds: [], tally, isRow: input.isRow })
  tellColumns(menders, input)
  return {
    sheets: {
      rows: { rewriting, ...(options.dryRun ? { onlyTold: 'changes' } : {}) },
      changes: () => changesSheet(tally),
      columns: () => columnsSheet(menders, tally),
    },
  }
}

async function mendersOf(
  input: RewriteInput,
  { country }: { readonly country: string | undefined },
): Promise<CellMender[]> {
  const columns = columnsOf(input)
  const evidence = await gatherEvidence(input, columns)
  return columns.map((column) => cellMender(column, conversionOf(column, evidence, input, { country }), []))
}
