/** From the input to baskets, whichever way they are written. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { type BasketKey, type ItemLines, itemLinesOf, itemTotals } from '../../core/itemLines.ts'
import { wholeText } from '../../core/numerals.ts'
import {
  basketsIn,
  basketsWhere,
  gather,
  itemCounts,
  totalOf,
  widthsOf,
} from '../../models/itemsets/baskets.ts'
import { isListed, listedBaskets } from './lists.ts'
import { type Cleaned, type Options, type Read, weightOf } from './read.ts'
import { oneHotBaskets, rowBaskets } from './rows.ts'

export interface Known extends Read {
  /** In how many baskets each item is. */
  readonly counts: Int32Array
  readonly total: number
}

/** Throws CustError('input') where the input has no baskets. */
export async function basketsOf(input: Input, options: Options): Promise<Known> {
  const read = narrowed(await readBaskets(input, options), options)
  const counts = itemCounts(read.baskets, read.names.length)
  const total = totalOf(read.baskets)
  input.account({ asOf: undefined, tally: read.tally, customers: basketsIn(read.baskets), things: 'basket' })
  for (const [what, count] of read.cleaned) if (count > 0) input.note(`${wholeText(count)} ${what}`)
  refuseSenseless(read, total)
  return { ...read, counts, total }
}

async function readBaskets(input: Input, options: Options): Promise<Read> {
  if (options.shape === 'rows') return rowBaskets(input, options)
  if (options.shape === 'one-hot') return oneHotBaskets(input, options)
  const key = keyOf(input, options)
  const [extra] = options.weight
  if (options.weight.length > 1) throw new CustError('usage', '--weight takes one column')
  const lines = await itemLinesOf(input.lines, { key: key ?? 'line', extra })
  const isList =
    options.shape === 'lists' ||
    (options.shape === 'auto' && (options.separator !== undefined || isListed(lines, key !== undefined)))
  if (isList) return listedBaskets(input, lines, options)
  if (key === undefined) throw noBasket()
  const read = gathered(lines, key)
  return { ...read, totals: extra === undefined ? await itemTotals(input.lines, lines, key) : noTotals(read) }
}

/** What the lines of a basket share; undefined where the input has nothing of the kind. */
function keyOf({ lines }: Input, { basket }: Options): BasketKey | undefined {
  const has = (column: string) => lines.columns.includes(column)
  const hasCustomerDay = has('customer') && has('day')
  if (basket === 'order' && !has('order')) {
    throw new CustError('input', 'no column found for the order', 'name it with --order <column>')
  }
  if (basket === 'customer,date' && !hasCustomerDay) {
    const missing = has('customer') ? 'date' : 'customer'
    throw new CustError('input', `no column found for the ${missing}`, `name it with --${missing} <column>`)
  }
  if (basket !== 'customer,date' && has('order')) return 'order'
  return hasCustomerDay ? 'customer and day' : undefined
}

const noBasket = (): CustError =>
  new CustError(
    'input',
    'nothing says which lines are one basket: no order, and no customer with a date',
    'name a column with --order <column>; for other shapes: --shape lists, rows or one-hot',
  )

function gathered(lines: ItemLines, key: BasketKey): Omit<Read, 'totals'> {
  const { baskets, repeated } = gather(lines, lines.baskets, lines.items.length)
  const weight = lines.extra && weights(lines, lines.extra)
  return {
    baskets: { ...baskets, weight },
    names: lines.items,
    tally: lines.tally,
    cleaned: [['lines that repeat an item of their basket', repeated]],
    basketIs: key === 'order' ? 'an order' : 'what a customer bought on a day',
  }
}

/** Throws CustError('input') where lines of a basket differ. */
function weights({ basket, baskets }: ItemLines, extra: readonly (string | null)[]): Int32Array {
  const weight = new Int32Array(baskets).fill(-1)
  extra.forEach((text, line) => {
    const owner = basket[line] as number
    const own = weightOf(text)
    const known = weight[owner] as number
    if (known >= 0 && known !== own) {
      throw new CustError(
        'input',
        `--weight: lines of one basket say ${known} and ${own}`,
        'a basket counts as a whole',
      )
    }
    weight[owner] = own
  })
  return weight
}

/** Units and money were told of lines: they say nothing of some of the baskets, or of baskets that count several times. */
const noTotals = ({ names }: Pick<Read, 'names'>): Read['totals'] => {
  const none = () => new Float64Array(names.length).fill(Number.NaN)
  return { units: none(), money: none() }
}

/** Leaves out baskets that are too wide, and those that count for nothing. */
function narrowed(read: Read, { maxBasket = Number.POSITIVE_INFINITY }: Options): Read {
  const { baskets } = read
  const widths = widthsOf(baskets)
  const isWide = (basket: number) => (widths[basket] as number) > maxBasket
  const isNothing = (basket: number) => widths[basket] === 0 || baskets.weight?.[basket] === 0
  let [wide, nothing] = [0, 0]
  for (let basket = 0; basket < widths.length; basket++) {
    if (isWide(basket)) wide++
    else if (isNothing(basket)) nothing++
  }
  if (wide + nothing === 0) return read
  const cleaned: Cleaned[] = [...read.cleaned]
  if (wide > 0) cleaned.push([`baskets of more than ${wholeText(maxBasket)} items, left out`, wide])
  if (nothing > 0) cleaned.push(['baskets without an item, or of weight 0, left out', nothing])
  const kept = basketsWhere(baskets, (basket) => !isWide(basket) && !isNothing(basket))
  return { ...read, totals: noTotals(read), baskets: kept, cleaned }
}

function refuseSenseless({ baskets, tally }: Read, total: number): void {
  const count = basketsIn(baskets)
  if (count === 0) throw new CustError('input', 'no basket is left')
  if (total >= 2 ** 31)
    throw new CustError('input', `${wholeText(total)} baskets are more than can be counted`)
  const lines = `${wholeText(tally.used)} lines`
  if (count === 1 && tally.used > 1) {
    throw new CustError('input', `all ${lines} are one basket`, WRONG_COLUMN)
  }
  if (baskets.item.length === count) {
    throw new CustError('input', `none of ${wholeText(count)} baskets has more than one item`, WRONG_COLUMN)
  }
}

const WRONG_COLUMN =
  'is the right column taken for the order? name it with --order <column>, or use --basket customer,date'
