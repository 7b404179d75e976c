/** Ids that another file must have: `--ref customers.csv`, or `--ref customer_id=customers.csv#id`. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import type { Records } from '../../core/records.ts'
import { join, name, type Sql, sql } from '../../core/sql.ts'
import type { Table } from '../../core/table.ts'
import { simplifiedHeader } from '../../fields/headerCharacters.ts'
import { idSql } from '../../fields/id.ts'
import type { Check } from './check.ts'
import { type Field, fieldNamed } from './fields.ts'
import { countAll } from './measure.ts'

export interface Reference {
  /** Undefined: the one that the keys of the file fit. */
  readonly column: string | undefined
  readonly file: string
  /** Its column; where none is named, the one of the same header, or else a key that the ids are in. */
  readonly key: string | undefined
}

/** `file`, `file#column`, `column=file`, or `column=file#column`. */
export function reference(given: string): Reference {
  const [, column, file = '', key] = /^(?:([^=]+)=)?([^=#]+)(?:#(.+))?$/.exec(given.trim()) ?? []
  if (column?.trim() === '' || file.trim() === '') {
    throw new CustError(
      'usage',
      `"${given}" is not column=file`,
      'for example: --ref customer_id=customers.csv#id, or --ref customers.csv',
    )
  }
  return { column: column?.trim(), file: file.trim(), key: (key ?? column)?.trim() }
}

interface Referring {
  readonly input: Pick<Input, 'open' | 'note'>
  readonly records: Records
  readonly fields: readonly Field[]
}

export async function referenceChecks(
  referring: Referring,
  references: readonly Reference[],
): Promise<Check[]> {
  const checks: Check[] = []
  for (const { column, file, key } of references) {
    const { field, ids, header } =
      column === undefined
        ? await foundIn(referring, file, key)
        : await namedIn(referring, { column, file, key: key ?? column })
    checks.push({
      rule: 'reference',
      severity: 'error',
      dimension: 'consistency',
      columns: [field.header],
      en: `not found in ${file} (${header})`,
      zh: `在 ${file}（${header}）中找不到`,
      fails: isMissing(field, ids),
    })
  }
  return checks
}

/** The column, and the ids that it may have. */
interface Pair {
  readonly field: Field
  readonly header: string
  readonly ids: Sql
}

const isMissing = ({ filled, cell }: Field, ids: Sql): Sql =>
  sql`(${filled} and ${idSql(cell)} not in (${ids}))`

const idsOf = ({ from }: Table, header: string): Sql =>
  sql`select ${name(header)} from ${from} as others where ${name(header)} is not null`

async function namedIn(
  { input, fields }: Referring,
  { column, file, key }: { readonly column: string; readonly file: string; readonly key: string },
): Promise<Pair> {
  const field = fieldNamed(fields, column, '--ref')
  return { field, header: key, ids: idsOf(await input.open(file, [key]), key) }
}

// Which column refers to the file --------------------------------------------------------------------

/** So many rows must have an id of the file before a column of another name is taken to refer to it. */
const FOUND = 0.5

/**
 * The column that names something, and the key of the file that has its name, or else most of its ids. Throws
 * CustError('input') where there is none.
 */
async function foundIn(
  { input, records, fields }: Referring,
  file: string,
  key: string | undefined,
): Promise<Pair> {
  const other = await input.open(file, key === undefined ? undefined : [key])
  const keys = key === undefined ? await keysOf(other) : [key]
  const pairs = fields.filter(refers).flatMap((field) =>
    keys.map((header) => ({
      field,
      header,
      ids: idsOf(other, header),
      isNamed: isSame(field.header, header),
    })),
  )
  const { counts } = await countAll(
    records,
    pairs.flatMap(({ field, ids }) => [field.filled, isMissing(field, ids)]),
  )
  const judged = pairs.map((pair, i) => {
    const [filled, missing] = [counts[2 * i] ?? 0, counts[2 * i + 1] ?? 0]
    return { ...pair, share: filled === 0 ? 0 : 1 - missing / filled }
  })
  const [best] = judged
    .filter(({ isNamed, share }) => isNamed || share >= FOUND)
    .sort((one, next) => Number(next.isNamed) - Number(one.isNamed) || next.share - one.share)
  if (!best) {
    throw new CustError(
      'input',
      `no column refers to a key of ${file}`,
      `name both: --ref <column>=${file}#<its column>; its keys are ${keys.join(', ') || 'none'}`,
    )
  }
  input.note(`${best.field.header} is held against ${best.header} of ${file}`)
  return best
}

const isSame = (one: string, other: string): boolean => simplifiedHeader(one) === simplifiedHeader(other)

/** It names a customer, an order, an item or the like: numbers may lie among the ids of anything. */
const refers = ({ role, meaning }: Field): boolean =>
  role === 'customer' || role === 'order' || role === 'item' || meaning === 'id'

/** A list of customers may have some of them twice, or a few without a key. */
const MOST = 0.9

/** Columns with a value of its own in nearly every row. */
async function keysOf({ columns, from, fetch, dialect }: Table): Promise<string[]> {
  const distinct = columns.map(
    (header, i) => sql`${dialect.real(sql`count(distinct ${name(header)})`)} as ${name(`n${i}`)}`,
  )
  const rows = sql`${dialect.real(sql`count(*)`)} as number`
  const shape = Object.fromEntries(columns.map((_, i) => [`n${i}`, 'number' as const]))
  const found = await fetch(sql`select ${join([rows, ...distinct])} from ${from} as others`, {
    number: 'number',
    ...shape,
  })
  const counts = found as Readonly<Record<string, Float64Array>>
  const least = Math.max(1, MOST * (found.number[0] ?? 0))
  return columns.filter((_, i) => (counts[`n${i}`]?.[0] ?? 0) >= least)
}
