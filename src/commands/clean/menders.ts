/** The menders of all columns: from what all rows say, or, in a second thread, from what the first one found. */
import type { RewriteInput } from '../../core/rewrite.ts'
import { countryOfColumns } from '../../fields/countryName.ts'
import { countryColumnOf } from '../../fields/rowCountry.ts'
import { type CellMender, cellMender, type Rule } from './cellMender.ts'
import { type CleanColumn, columnsOf } from './columns.ts'
import { conversionOf, type Reading, type Written as WrittenAs } from './converters.ts'
import { type Evidence, gatherEvidence } from './evidence.ts'
import { fixRules } from './fixes.ts'
import type { Fix } from './options.ts'
import { phonesByRow, type RowCountries, rowCountries, type Written } from './rowCountries.ts'

/** All that the menders are made of. It survives structured cloning. */
export interface Findings {
  readonly columns: readonly CleanColumn[]
  readonly evidence: Evidence
  readonly followed: RowCountries
  readonly country: string | undefined
  readonly fix: readonly Fix[]
  readonly written: WrittenAs
}

interface Wanted {
  readonly country: string | undefined
  readonly fix: readonly Fix[]
}

/** Rules of columns that a file of spellings gives, by header. */
export type MappingRules = ReadonlyMap<string, Rule>

/** Look at all rows, and make the menders of what they say. */
export async function findMenders(
  input: RewriteInput,
  { country, fix }: Wanted,
  mapping: MappingRules | undefined,
): Promise<{ readonly findings: Findings; readonly menders: CellMender[] }> {
  const columns = columnsOf(input)
  const evidence = await gatherEvidence(input, columns)
  const { dateOrder, decimal, today } = input
  const known = { columns, evidence, country, fix, written: { dateOrder, decimal, today } }
  let followed: RowCountries = new Map()
  const menders = await mendersWith(known, mapping, async (written) => {
    if (country === undefined) followed = await rowCountries(input, columns, written)
    return followed
  })
  return { findings: { ...known, followed }, menders }
}

/** The same menders again. */
export const mendersOf = (findings: Findings): Promise<CellMender[]> =>
  mendersWith(findings, undefined, async () => findings.followed)

async function mendersWith(
  { columns, evidence, country, fix, written: writtenAs }: Omit<Findings, 'followed'>,
  mapping: MappingRules | undefined,
  follow: (written: Written) => Promise<RowCountries>,
): Promise<CellMender[]> {
  const mender = async (column: CleanColumn, reading: Reading): Promise<CellMender> => {
    const own = mapping?.get(column.header)
    const rules = [...(await fixRules(column, fix)), ...(own ? [own] : [])]
    return cellMender(column, conversionOf(column, evidence, writtenAs, reading), rules)
  }
  const reading = readingOf(columns, country)
  const isPhone = ({ taken }: CleanColumn) => taken === 'phone'
  const others = new Map<number, CellMender>()
  for (const column of columns) if (!isPhone(column)) others.set(column.index, await mender(column, reading))
  const written: Written = ({ index }, text) => others.get(index)?.mended(text)?.after ?? text
  const followed = await follow(written)
  const byRow = (column: CleanColumn) => {
    const countries = followed.get(column.index)
    return countries && phonesByRow(column, countries, written)
  }
  return Promise.all(
    columns.map((column) => others.get(column.index) ?? mender(column, { ...reading, byRow })),
  )
}

function readingOf(columns: readonly CleanColumn[], country: string | undefined): Reading {
  const naming = columns.some(({ meaning }) => meaning === 'country')
  return {
    country,
    namedCountry: naming ? undefined : countryOfColumns(columns),
    byRow: () => undefined,
    countriesOf: ({ header }) => countryColumnOf(header, columns),
  }
}
