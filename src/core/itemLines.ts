/** From order lines to what was bought together: the rules of orders.ts, and a line without an item is none. */
import { CustError } from './errors.ts'
import { judgedLines, reasonsOf, refuseMixedCurrencies, type Tally } from './orders.ts'
import { name, type Sql, sql } from './sql.ts'
import { extraColumn, type Table } from './table.ts'

/** What makes lines one basket; without either, every line is one. */
export type BasketKey = 'order' | 'customer and day' | 'line'

/** The lines that count: which basket each is in, and its item as a number of `items`, in the order of their letters. */
export interface ItemLines {
  /** From 0 up to `baskets`. */
  readonly basket: Int32Array
  readonly baskets: number
  readonly item: Int32Array
  /** Every name has a line. */
  readonly items: readonly string[]
  /** What a further column holds of each line. */
  readonly extra: readonly (string | null)[] | undefined
  readonly tally: Tally
}

export interface ItemQuestion {
  readonly key: BasketKey
  /** The header of a further column that is wanted. */
  readonly extra?: string | undefined
}

/** Ask the engine for every line that counts. Throws CustError('input') when none does. */
export async function itemLinesOf(lines: Table, { key, extra }: ItemQuestion): Promise<ItemLines> {
  const judged = sql`(${judgedItems(lines, keyed(key))}) as judged`
  const basket = sql`case when left_out is null then ${keySql(key)} end as basket`
  const more = extra === undefined ? sql`` : sql`, ${name(extraColumn(extra))} as extra`
  const query = sql`select ${basket}, coalesce(left_out, item) as what${more} from ${judged}`
  const [which, what] = ['groups', 'coded'] as const
  const rows =
    extra === undefined
      ? { ...(await lines.fetch(query, { basket: which, what })), extra: undefined }
      : await lines.fetch(query, { basket: which, what, extra: what })
  return counting(rows.basket, rows.what, rows.extra && wordsOf(rows.extra))
}

type Coded = { readonly codes: Int32Array; readonly words: readonly string[] }

const wordsOf = ({ codes, words }: Coded): (string | null)[] =>
  Array.from(codes, (code) => words[code] ?? null)

function counting(
  { codes, groups }: { readonly codes: Int32Array; readonly groups: number },
  { codes: whats, words }: Coded,
  extra: readonly (string | null)[] | undefined,
): ItemLines {
  const [used, leftOut] = [new Uint8Array(words.length), new Float64Array(words.length)]
  let kept = 0
  for (let row = 0; row < codes.length; row++) {
    const what = whats[row] as number
    if ((codes[row] as number) < 0) leftOut[what] = (leftOut[what] as number) + 1
    else {
      used[what] = 1
      kept++
    }
  }
  const tally = tallied(words, leftOut, kept)
  if (kept === 0) throw nothingLeft(tally)
  const { named, place } = inOrder(words, used)
  const itemsOfAll = { baskets: groups, items: named.map((code) => words[code] as string), tally }
  if (kept === codes.length) {
    return { ...itemsOfAll, basket: codes, item: whats.map((code) => place[code] as number), extra }
  }
  const [basket, item] = [new Int32Array(kept), new Int32Array(kept)]
  const extras = extra && new Array<string | null>(kept)
  let line = 0
  for (let row = 0; row < codes.length; row++) {
    if ((codes[row] as number) < 0) continue
    basket[line] = codes[row] as number
    item[line] = place[whats[row] as number] as number
    if (extras) extras[line] = extra?.[row] ?? null
    line++
  }
  return { ...itemsOfAll, basket, item, extra: extras }
}

/** The used words by their letters, and the place of each. */
function inOrder(
  words: readonly string[],
  used: Uint8Array,
): { named: readonly number[]; place: Int32Array } {
  const named = [...words.keys()].filter((code) => used[code] === 1)
  named.sort((a, b) => ((words[a] as string) < (words[b] as string) ? -1 : 1))
  const place = new Int32Array(words.length)
  named.forEach((code, i) => {
    place[code] = i
  })
  return { named, place }
}

const nothingLeft = (tally: Tally): CustError =>
  new CustError('input', 'no line of the input can be used', reasonsOf(tally).join('\n'))

function tallied(words: readonly string[], leftOut: Float64Array, used: number): Tally {
  const reasons = words
    .map((reason, code) => ({ reason, lines: leftOut[code] as number }))
    .filter(({ lines }) => lines > 0)
    .sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1))
  return { read: reasons.reduce((sum, { lines }) => sum + lines, used), used, leftOut: reasons }
}

/** Every line with why it does not count. What must be there besides the item is named by role. */
export function judgedItems(
  lines: Table,
  needs: readonly ('customer' | 'order' | 'date')[],
  until?: number,
): Sql {
  const columns = { customer: sql`customer`, order: name('order'), date: sql`day` }
  const also = [
    sql`when item is null then ${'item: none'}`,
    // Which lines of an order were paid back nobody says, but of all of them they were.
    ...(lines.columns.includes('status') ? [sql`when status = ${'refunded'} then ${'refunded'}`] : []),
    ...needs.map((role) => sql`when ${columns[role]} is null then ${`${role}: none`}`),
    ...(lines.columns.includes('quantity') ? [sql`when quantity <= 0 then ${'quantity: none'}`] : []),
  ]
  return judgedLines(lines, { until, refunds: 'drop' }, also)
}

const keyed = (key: BasketKey): ('customer' | 'order' | 'date')[] =>
  key === 'order' ? ['order'] : key === 'line' ? [] : ['customer', 'date']

function keySql(key: BasketKey): Sql {
  if (key === 'order') return name('order')
  // Every line is a basket of its own, whatever its number.
  if (key === 'line') return sql`cast(row_number() over () as varchar)`
  return sql`cast(day as varchar) || ' ' || customer`
}

// By customer and day ----------------------------------------------------------------------------------

/** The lines that count: who bought what on which day, as numbers of `customers` and `items`, in the order of their letters. */
export interface ItemDays {
  readonly customer: Int32Array
  readonly customers: readonly string[]
  readonly day: Int32Array
  readonly item: Int32Array
  readonly items: readonly string[]
  readonly tally: Tally
}

/** Ask the engine for every purchase up to a day. Throws CustError('input') when there is none. */
export async function itemDaysOf(lines: Table, until: number | undefined): Promise<ItemDays> {
  const judged = sql`(${judgedItems(lines, ['customer', 'date'], until)}) as judged`
  const who = sql`case when left_out is null then customer end as who`
  const query = sql`select ${who}, day, coalesce(left_out, item) as what from ${judged}`
  const rows = await lines.fetch(query, { who: 'coded', day: 'day', what: 'coded' })
  const kept = keptRows(rows.who.codes)
  const left = new Float64Array(rows.what.words.length)
  rows.who.codes.forEach((code, row) => {
    const reason = rows.what.codes[row] as number
    if (code < 0) left[reason] = (left[reason] as number) + 1
  })
  const tally = tallied(rows.what.words, left, kept.length)
  if (kept.length === 0) throw nothingLeft(tally)
  const [customers, items] = [alphabetical(rows.who, kept), alphabetical(rows.what, kept)]
  return {
    customer: customers.codes,
    customers: customers.words,
    day: Int32Array.from(kept, (row) => rows.day[row] as number),
    item: items.codes,
    items: items.words,
    tally,
  }
}

const keptRows = (codes: Int32Array): Uint32Array =>
  Uint32Array.from(codes.keys()).filter((row) => (codes[row] as number) >= 0)

/** The words of some rows in the order of their letters, and which each row has. */
function alphabetical({ codes, words }: Coded, rows: Uint32Array): Coded {
  const used = new Uint8Array(words.length)
  for (const row of rows) used[codes[row] as number] = 1
  const { named, place } = inOrder(words, used)
  return {
    codes: Int32Array.from(rows, (row) => place[codes[row] as number] as number),
    words: named.map((code) => words[code] as string),
  }
}

// Money ------------------------------------------------------------------------------------------------

/** Units and money of each item, over the lines that count; NaN where the input does not tell. */
export interface ItemTotals {
  readonly units: Float64Array
  readonly money: Float64Array
}

export async function itemTotals(
  lines: Table,
  { items }: Pick<ItemLines, 'items'>,
  key: BasketKey,
): Promise<ItemTotals> {
  const has = (column: string) => lines.columns.includes(column)
  const none = () => new Float64Array(items.length).fill(Number.NaN)
  if (!has('quantity') && !has('amount')) return { units: none(), money: none() }
  const { real } = lines.dialect
  const nothing = sql`cast(null as decimal(18, 6))`
  const units = has('quantity') ? sql`sum(quantity)` : nothing
  // The amount may be that of the whole order.
  const priced = has('price') && has('quantity')
  const money = priced ? sql`sum(price * quantity)` : has('amount') ? sql`sum(amount)` : nothing
  const currency = has('currency')
    ? sql`min(currency) as low, max(currency) as high`
    : sql`null as low, null as high`
  const judged = sql`(${judgedItems(lines, keyed(key))}) as judged`
  const query = sql`select item, ${real(units)} as units, ${real(money)} as money, ${currency}
    from ${judged} where left_out is null group by item`
  const found = await lines.fetch(query, {
    item: 'text',
    units: 'number',
    money: 'number',
    low: 'text',
    high: 'text',
  })
  refuseMixedCurrencies(found.low, found.high)
  const rowOf = new Map(found.item.map((item, row) => [item, row]))
  const of = (values: Float64Array) =>
    Float64Array.from(items, (item) => values[rowOf.get(item) ?? -1] ?? Number.NaN)
  return { units: of(found.units), money: of(found.money) }
}
