/** Columns that hold few different texts, in one pass: how often each is there. What a text means is asked once. */
import { join, name, type Sql, sql } from '../../core/sql.ts'
import { type Frequencies, frequenciesOf } from '../../models/frequencies.ts'
import { type Cell, type Cells, realOf } from './cells.ts'
import type { Counts } from './counts.ts'
import { conditionsOf, type Sign, type Signs, signNames } from './signs.ts'

export interface Top {
  readonly value: string | number
  readonly count: number
}

export interface Frequent {
  readonly distinct: number
  readonly isExact: boolean
  /** The most frequent, where any is there twice. */
  readonly top: readonly Top[]
  /** Of numbers and days. */
  readonly frequencies: Frequencies | undefined
}

export interface Few {
  readonly rows: number
  readonly counts: Counts
  readonly frequent: Frequent
}

/** Columns of one query: beyond, the engine would count too many things at once. */
const AT_ONCE = 16
const SHOWN = 5

export interface Asking {
  readonly today: number
  /** Columns with more different texts are not among those that are answered. */
  readonly few: number
}

export async function frequentIn(
  cells: Cells,
  columns: readonly Cell[],
  asking: Asking,
): Promise<Map<Cell, Few>> {
  const all = new Map<Cell, Few>()
  for (let i = 0; i < columns.length; i += AT_ONCE) {
    const some = columns.slice(i, i + AT_ONCE)
    const found = await counted(cells, some, asking)
    some.forEach((cell, which) => {
      const few = fewOf(cell, which, found)
      if (few) all.set(cell, few)
    })
  }
  return all
}

/** Every text of every column as it stands, with what it means and which signs it shows. */
function counted(cells: Cells, columns: readonly Cell[], { today, few }: Asking) {
  const { dialect, fetch, from } = cells.table
  const none = dialect.real(sql`null`)
  const branches = (of: (cell: Cell, which: number) => Sql | undefined, otherwise: Sql) => {
    const parts = columns.flatMap((cell, which) => {
      const value = of(cell, which)
      return value ? [sql`when ${which} then ${value}`] : []
    })
    return parts.length === 0 ? otherwise : sql`case which ${join(parts, ' ')} end`
  }
  const held = columns.map(({ header }) => name(header))
  const which = join(
    held.map((column, i) => sql`when grouping(${column}) = 0 then ${i}`),
    ' ',
  )
  const word = join(
    held.map((column) => sql`when grouping(${column}) = 0 then ${column}`),
    ' ',
  )
  const sets = join(held.map((column) => sql`(${column})`))
  const grouped = sql`select case ${which} end as which, case ${word} end as word, ${dialect.real(sql`count(*)`)} as number
    from ${from} as rows group by grouping sets (${sets})`
  const capped = sql`select which, word, number, count(*) over (partition by which) as different from (${grouped}) as grouped`
  const isNumber = ({ kind }: Cell) => kind !== 'text'
  const read = sql`select which, number, ${branches((cell) => cell.text(sql`word`), sql`word`)} as word,
    ${branches((cell) => (isNumber(cell) ? realOf(cells, cell, sql`word`) : undefined), none)} as value
    from (${capped}) as capped where different <= ${few}`
  const signs = signNames.map((sign) => {
    const is = branches(
      (cell) => conditionsOf(cell, { text: sql`word`, real: sql`value` }, today)[sign],
      sql`false`,
    )
    return sql`case when ${is} then 1 else 0 end as ${name(sign)}`
  })
  const order = sql`which, number desc, ${dialect.textOrder(sql`word`)}`
  const query = sql`select which, number, word, value, ${join(signs)} from (${read}) as words order by ${order}`
  const flags = Object.fromEntries(signNames.map((sign) => [sign, 'number'])) as Record<Sign, 'number'>
  return fetch(query, { which: 'number', number: 'number', word: 'text', value: 'number', ...flags })
}

type Words = Awaited<ReturnType<typeof counted>>

function fewOf({ kind }: Cell, which: number, words: Words): Few | undefined {
  const { number, word, value } = words
  const rows = Uint32Array.from(words.which.keys()).filter((row) => words.which[row] === which)
  if (rows.length === 0) return undefined
  const present = rows.filter((row) => word[row] !== null)
  const sum = (of: ArrayLike<number>, some: Uint32Array) =>
    some.reduce((total, row) => total + (of[row] as number), 0)
  // Texts that differ in white space, and numbers that are written in two ways, are the same value.
  const merged = new Map<string | number, number>()
  for (const row of present) {
    const key = kind === 'text' ? (word[row] as string) : (value[row] as number)
    if (!Number.isNaN(key)) merged.set(key, (merged.get(key) ?? 0) + (number[row] as number))
  }
  const all = [...merged].map(([each, count]): Top => ({ value: each, count }))
  const top = all.toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, SHOWN)
  const readable = all.reduce((total, { count }) => total + count, 0)
  const frequencies =
    kind === 'text'
      ? undefined
      : frequenciesOf(
          Float64Array.from(all, (each) => each.value as number),
          Float64Array.from(all, ({ count }) => count),
        )
  const signs = signNames.map((sign) => [
    sign,
    present.reduce((total, row) => total + (words[sign][row] as number) * (number[row] as number), 0),
  ])
  return {
    rows: sum(number, rows),
    counts: {
      ...{ present: sum(number, present), readable },
      ...{ min: frequencies?.values[0] ?? Number.NaN, max: frequencies?.values.at(-1) ?? Number.NaN },
      signs: Object.fromEntries(signs) as Signs,
    },
    frequent: { distinct: all.length, isExact: true, top: repeated(top), frequencies },
  }
}

const repeated = (top: readonly Top[]): readonly Top[] => ((top[0]?.count ?? 0) > 1 ? top : [])

/** Of a column that holds many different values: their number, and the most frequent ones. */
export async function manyIn(cells: Cells, cell: Cell): Promise<Frequent> {
  const { dialect, fetch, from } = cells.table
  const isText = cell.kind === 'text'
  const held = name(cell.header)
  const value = isText ? cell.value(held) : realOf(cells, cell, held)
  const grouped = sql`select ${value} as v, count(*) as number from ${from} as rows group by 1`
  const query = sql`select ${isText ? sql`v` : sql`cast(null as varchar)`} as word,
    ${isText ? dialect.real(sql`null`) : sql`v`} as value, ${dialect.real(sql`number`)} as number,
    ${dialect.real(sql`count(*) over ()`)} as different
    from (${grouped}) as grouped where v is not null
    order by grouped.number desc, ${isText ? dialect.textOrder(sql`v`) : sql`v`} limit ${SHOWN}`
  const found = await fetch(query, { word: 'text', value: 'number', number: 'number', different: 'number' })
  const top = Array.from(found.number, (count, row): Top => {
    return { value: found.word[row] ?? (found.value[row] as number), count }
  })
  return { distinct: found.different[0] ?? 0, isExact: true, top: repeated(top), frequencies: undefined }
}

/** Of a column of days, which are few whatever times of day stand beside them. */
export async function daysIn(cells: Cells, cell: Cell): Promise<Frequent> {
  const { dialect, fetch, from } = cells.table
  const read = sql`select ${realOf(cells, cell, name(cell.header))} as day from ${from} as rows`
  const query = sql`select day, ${dialect.real(sql`count(*)`)} as number from (${read}) as days
    where day is not null group by day order by 2 desc, day`
  const { day, number } = await fetch(query, { day: 'number', number: 'number' })
  const top = Array.from(day.subarray(0, SHOWN), (value, i): Top => ({ value, count: number[i] as number }))
  const frequencies = frequenciesOf(day, number)
  return { distinct: day.length, isExact: true, top: repeated(top), frequencies }
}
