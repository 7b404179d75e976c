import type { Input, Run } from '../../core/command.ts'
import { absent } from '../../core/report.ts'
import { alertsSheet } from './alerts.ts'
import { cellsOf } from './cells.ts'
import { columnsSheet, describeColumns } from './columns.ts'
import { correlate, correlationSheet, matrixSheet } from './correlate.ts'
import { explain, fitSheet, regressionSheet } from './explain.ts'
import { fileSheet, repeatedRows } from './file.ts'
import { compareGroups } from './groups.ts'
import type spec from './index.ts'
import { type Purchases, purchasesIn } from './purchases.ts'

export const run: Run<typeof spec> = async (input, { exact, by, correlation, regress }) => {
  const look = await input.look(false)
  const cells = cellsOf(await input.rows(), look)
  const { rows, described } = await describeColumns(cells, { today: input.today, exact })
  const purchases = told(input, await purchasesIn(input, look), look.files.length)
  // Rows that differ in a column, or in their order, need not be compared whole.
  const isKeyed = described.some(({ frequent }) => frequent.isExact && frequent.distinct === rows)
  const repeated =
    isKeyed || (purchases?.isKeyed && purchases.tally.read === rows) ? 0 : await repeatedRows(cells, rows)
  const whole = { rows, described, repeated, purchases, currencies: look.currencies }
  const groups = by === undefined ? undefined : await compareGroups({ cells, by })
  const correlated = correlation ? await correlate(cells, described, input.pause) : undefined
  const explained = regress && (await explain(cells, regress))
  const isCorrelated = absent('ask with --correlation')
  const isExplained = absent('ask with --regress y~x1+x2')
  return {
    sheets: {
      columns: columnsSheet(described, rows),
      file: fileSheet(whole),
      alerts: alertsSheet(whole),
      groups: groups ?? absent('ask with --by <column>'),
      correlation: correlated ? () => correlationSheet(correlated) : isCorrelated,
      matrix: correlated ? () => matrixSheet(correlated) : isCorrelated,
      regression: explained ? regressionSheet(explained) : isExplained,
      fit: explained ? fitSheet(explained) : isExplained,
    },
    show: [
      ...(groups ? (['groups'] as const) : []),
      ...(correlated ? (['correlation'] as const) : []),
      ...(explained ? (['regression', 'fit'] as const) : []),
    ],
  }
}

/** What is known of the purchases; where they cannot be read, why. */
function told(input: Input, found: Purchases | string | undefined, files: number): Purchases | undefined {
  if (typeof found === 'string') {
    input.warn(`nothing is told of purchases: ${found}`)
    return undefined
  }
  // Files that were joined have other rows than each of them.
  if (found && files === 1) {
    input.account({ asOf: undefined, tally: found.tally, customers: found.customers })
  }
  return found
}
