import type { Input, Run } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { type ItemDays, itemDaysOf } from '../../core/itemLines.ts'
import { wholeText } from '../../core/numerals.ts'
import type { OptionValues } from '../../core/options.ts'
import { lastDay } from '../../core/purchaseOptions.ts'
import { historiesOf } from '../../models/sequences/histories.ts'
import { nextItems } from '../../models/sequences/next.ts'
import { sequentialPatterns } from '../../models/sequences/patterns.ts'
import { rebuying } from '../../models/sequences/rebuy.ts'
import type spec from './index.ts'
import { judgePairs, type Pairs } from './pairs.ts'
import { dueSheet, nextSheet, patternsSheet, rebuySheet } from './tables.ts'

type Options = OptionValues<(typeof spec)['options']>

export const run: Run<typeof spec> = async (input, options) => {
  const until = lastDay(options, input.today)
  const all = await itemDaysOf(input.lines, until)
  const [first, latest] = spanOf(all.day)
  const bought = without(all, options.not)
  const end = until ?? latest
  input.account({ asOf: end, tally: bought.tally, customers: bought.customers.length })
  const within = windowOf(options, end - first + 1)
  const histories = historiesOf(bought, bought.customers.length, bought.items.length)
  const pairs = judgePairs(nextItems(histories, { within, end, least: options.minCustomers }), options)
  const again = rebuying(histories, { within, end })
  tell(input, pairs, within, options)
  const told = { histories, bought, pairs, again, within, end }
  return {
    sheets: {
      next: () => nextSheet(told, options),
      rebuy: () => rebuySheet(told),
      due: () => dueSheet(told, options),
      patterns: () => patternsSheet(told, patternsOf(told, options), options),
    },
  }
}

function without(bought: ItemDays, not: readonly string[]): ItemDays {
  const given = not.flatMap((name) =>
    bought.items.includes(name) ? [name] : name.split(',').map((part) => part.trim()),
  )
  const unknown = given.find((name) => !bought.items.includes(name))
  if (unknown !== undefined) throw new CustError('usage', `--not: no item "${unknown}"`)
  const out = new Set(given.map((name) => bought.items.indexOf(name)))
  if (out.size === 0) return bought
  const rows = [...bought.item.keys()].filter((row) => !out.has(bought.item[row] as number))
  if (rows.length === 0) throw new CustError('usage', '--not leaves no line')
  const picked = (values: Int32Array) => Int32Array.from(rows, (row) => values[row] as number)
  return { ...bought, customer: picked(bought.customer), day: picked(bought.day), item: picked(bought.item) }
}

function spanOf(day: Int32Array): [first: number, latest: number] {
  return [
    day.reduce((least, each) => Math.min(least, each)),
    day.reduce((most, each) => Math.max(most, each)),
  ]
}

const USUAL = 90

/** Throws CustError('usage') where no window that began in the data can be closed. */
function windowOf({ within }: Options, daysOfData: number): number {
  if (within === undefined) return Math.max(1, Math.min(USUAL, Math.floor(daysOfData / 3)))
  const days = Math.round(within.days)
  if (days < daysOfData) return days
  throw new CustError(
    'usage',
    `--within ${within.text}: the data are of ${wholeText(daysOfData)} days, so no such window is closed`,
    'take a shorter one',
  )
}

type Told = Parameters<typeof dueSheet>[0]

function patternsOf({ histories, within }: Told, { minCustomers, maxLen, maxGap, budget }: Options) {
  const gap = maxGap === undefined ? within : Math.round(maxGap.days)
  const { patterns, exceeded } = sequentialPatterns(histories, {
    least: minCustomers,
    maxLength: maxLen,
    maxGap: gap,
    budget,
  })
  if (!exceeded) return patterns
  throw new CustError(
    'input',
    `more than ${wholeText(budget)} patterns of ${wholeText(minCustomers)} customers`,
    'ask for more customers (--min-customers), fewer items (--max-len) or a shorter --max-gap',
  )
}

function tell(input: Input, { rows, shown, hidden, next }: Pairs, within: number, options: Options): void {
  const asked = options.within === undefined ? 'found out' : 'as asked for'
  input.note(`within ${wholeText(within)} days (${asked}); customers whose window is still open are left out`)
  const why = hidden.map(([words, count]) => `${wholeText(count)} ${words}`).join(', ')
  const listed = options.all ? 'would be hidden' : 'hidden'
  const told = why === '' ? '' : `; ${listed}: ${why}`
  input.note(
    `shown ${wholeText(shown.length)} of ${wholeText(rows)} pairs that ${wholeText(options.minCustomers)} customers bought${told}; q of ${wholeText(next.tests)} tests`,
  )
  if (rows === 0) input.warn('no pair was bought by enough customers: fewer may do, with --min-customers')
}
