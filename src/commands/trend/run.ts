import type { Input, Run } from '../../core/command.ts'
import { formatDay } from '../../core/days.ts'
import { CustError } from '../../core/errors.ts'
import { percent, wholeText } from '../../core/numerals.ts'
import type { OptionValues } from '../../core/options.ts'
import { lastDay } from '../../core/purchaseOptions.ts'
import { absent } from '../../core/report.ts'
import { apartOf, bridged } from './apart.ts'
import { startOf, usualPeriod } from './calendar.ts'
import { daysOf } from './days.ts'
import { type Foreseen, foresee, SCALES } from './forecasting.ts'
import type spec from './index.ts'
import { type Periods, periodsOf, valuesOf } from './periods.ts'
import {
  curveSheet,
  definitionsSheet,
  forecastSheet,
  methodsSheet,
  periodsSheet,
  summarySheet,
  type Told,
  titleOf,
  weekdaysSheet,
} from './tables.ts'

type Options = OptionValues<(typeof spec)['options']>

export const run: Run<typeof spec> = async (input, options) => {
  const until = lastDay(options, input.today)
  const days = await daysOf(input.lines, { until, refunds: options.refunds })
  const first = days.day[0] as number
  const end = until ?? (days.day.at(-1) as number)
  const customers = sumOf(days.ever)
  input.account(
    days.named
      ? { asOf: end, tally: days.tally, customers }
      : { asOf: end, tally: days.tally, customers: sumOf(days.orders), things: 'order' },
  )
  const by = options.by ?? usualPeriod(end - first + 1)
  const periods = periodsOf(days, by, end)
  const values = valuesOf(periods, options.metric)
  if (!values) throw noCustomers()
  const whole = bridged(values.subarray(periods.whole.from, periods.whole.to))
  const apart = apartOf(whole, by)
  tell(input, { periods, end, whole, daysOfData: end - first + 1 }, options)
  const foreseen = await foreseenOf(input, periods, { whole, options })
  if (foreseen) tellForecast(input, foreseen)
  const told: Told = { days, end, periods, values, apart, foreseen }
  return {
    sheets: {
      periods: () => periodsSheet(told),
      forecast: foreseen ? () => forecastSheet(told, foreseen) : absent(UNASKED),
      methods: foreseen ? () => methodsSheet(foreseen) : absent(UNASKED),
      weekdays: () => weekdaysSheet(told, options),
      summary: () => summarySheet(told),
      curve: () => curveSheet(told),
      definitions: () => definitionsSheet(told, options),
    },
    ...(foreseen ? { show: ['forecast', 'methods'] } : {}),
  }
}

const UNASKED = 'ask for it with --forecast 6'

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0)

const noCustomers = (): CustError =>
  new CustError('input', '--metric customers: the input names none', 'name their column with --customer')

async function foreseenOf(
  { pause }: Input,
  { by, start, whole }: Periods,
  {
    whole: values,
    options: { forecast: horizon },
  }: { readonly whole: Float64Array; readonly options: Options },
): Promise<Foreseen | undefined> {
  if (horizon === undefined) return undefined
  const first = start[0] as number
  const day = Int32Array.from({ length: values.length + horizon }, (_, i) =>
    startOf(by, first, whole.from + i),
  )
  return foresee({ values, by, day, horizon }, pause)
}

// What is told ---------------------------------------------------------------------------------------

interface Seen {
  readonly periods: Periods
  readonly end: number
  readonly whole: Float64Array
  readonly daysOfData: number
}

const counted = (count: number, by: string): string => `${wholeText(count)} ${by}${count === 1 ? '' : 's'}`

function tell(input: Input, { periods, end, whole, daysOfData }: Seen, { by, metric }: Options): void {
  const how = by === undefined ? `found out from ${counted(daysOfData, 'day')} of data` : 'as asked for'
  input.note(`by ${periods.by} (${how}): ${counted(whole.length, `whole ${periods.by}`)}`)
  const silent = periods.orders
    .subarray(periods.whole.from, periods.whole.to)
    .filter((count) => count === 0).length
  if (silent > 0) {
    const treated = metric === 'aov' ? 'take the average order between their neighbours' : 'count as 0'
    input.note(`${counted(silent, periods.by)} without an order ${treated}`)
  }
  const tail = silentTail(periods)
  if (tail > 0) {
    input.warn(
      `the last ${counted(tail, `whole ${periods.by}`)} without an order, a silence like no other: do the data end earlier?`,
    )
  }
  if (periods.whole.from > 0) {
    input.note(`the first ${periods.by} begins late and is left out of trend, season and forecast`)
  }
  if (periods.whole.to < periods.start.length) {
    const begun = formatDay(periods.start.at(-1) as number)
    input.note(
      `the ${periods.by} of ${begun} is unfinished on ${formatDay(end)}: no change, trend, season or forecast counts it`,
    )
  }
}

/** Whole periods without an order at the end, where there are more of them than ever before. */
function silentTail({ orders, whole }: Periods): number {
  let [run, most] = [0, 0]
  for (let i = whole.from; i < whole.to; i++) {
    if (orders[i] === 0) run++
    else [run, most] = [0, Math.max(most, run)]
  }
  return run > most ? run : 0
}

function tellForecast(input: Input, foreseen: Foreseen): void {
  const { judged, used, left } = foreseen
  input.note(whyUsed(foreseen))
  const { coverage, widening } = used.verdict
  if (widening > 1) {
    const times = Number.isFinite(widening) ? `${widening.toFixed(2)} times` : 'to the errors of the past'
    input.note(`intervals of 95 % covered ${percent(coverage)} there: they are widened ${times}`)
  }
  if (judged.some(({ contender }) => contender.scale === 'log1p')) {
    input.note(`there are zeros: methods were tried on ${SCALES.log1p} and on plain values`)
  }
  if (left.length > 0) input.note(`not tried: ${left.join(', ')}`)
}

function whyUsed({ judged, used, origins }: Foreseen): string {
  const yardstick = judged[0] as Foreseen['used']
  const mase = ({ verdict }: Foreseen['used']) => verdict.meanMase.toFixed(3)
  const at = `at ${counted(origins.length, 'origin')} in the past`
  if (used !== yardstick) {
    return `forecast by ${titleOf(used)}: MASE ${mase(used)}, ${yardstick.title} ${mase(yardstick)} ${at}`
  }
  const why = Number.isNaN(used.verdict.meanMase)
    ? 'the past repeats itself exactly'
    : `nothing beats it by more than a standard error (MASE ${mase(used)} ${at})`
  return `forecast by ${titleOf(used)}: ${why}`
}
