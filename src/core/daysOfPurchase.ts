/** Lines, or orders, sorted by customer and day become the days on which each customer bought. */
import { longer } from './arrays.ts'
import { NO_DAY } from './days.ts'
import { type LeftOut, type Tally, tallied } from './orders.ts'
import type { Runs } from './table.ts'
import { type PackedText, packer, textReader } from './texts.ts'

/** The days on which each customer bought, ascending; several orders of one day are one purchase. */
export interface Purchases {
  /** Customers who bought at least once, by id. */
  readonly id: PackedText
  /** Customer c bought on `day[start[c]]` up to `day[start[c + 1] - 1]`. */
  readonly start: Uint32Array
  readonly day: Int32Array
  /** What was paid on the day, less what was paid back since then and before the next purchase. */
  readonly net: Float64Array
}

/** What became of the lines on the way to purchases. */
export interface PurchaseCounts {
  /** Orders, where each line is one if the input does not say which order it belongs to. */
  readonly orders: number
  /** Orders on a day on which the customer had bought already. */
  readonly sameDay: number
  /** Days on which something was paid back and nothing bought. */
  readonly refundDays: number
  /** Purchases that brought in nothing, and those that were paid back. */
  readonly withoutMoney: number
  /** Customers who were only paid back. */
  readonly neverBought: number
}

/** Those of one customer and day stand together; last come those that are left out, by their reason. */
export interface SortedLines {
  /** The customer, or the reason. */
  readonly who: Runs
  /** NO_DAY where they are left out. */
  readonly day: Int32Array
  /** Of how many lines of the input each is made; undefined where each is one. */
  readonly lines?: Float64Array
  /** How many of them were purchases. */
  readonly visits: Float64Array
  readonly net: Float64Array
}

export interface Gathered {
  readonly purchases: Purchases
  readonly counts: PurchaseCounts
  readonly tally: Tally
  /** The first and the last day of any line that counts; NO_DAY without one. */
  readonly first: number
  readonly latest: number
}

export interface Gathering {
  /** The next lines, in their order. */
  add(lines: SortedLines): void
  done(): Gathered
}

/** Only the days are held, however many lines there are. */
export function gathering(): Gathering {
  const kept = keptDays()
  const [own, reason] = [lastText(), lastText()]
  const sum = exactSum()
  const leftOut: LeftOut[] = []
  let [used, first, latest] = [0, NO_DAY, NO_DAY]
  let [day, visits] = [NO_DAY, 0]
  const endDay = (): void => {
    if (day !== NO_DAY) kept.addDay(day, visits, sum.take())
    day = NO_DAY
    visits = 0
  }
  const endCustomer = (): void => {
    endDay()
    kept.endCustomer(own)
  }
  return {
    add({ who: { texts, starts }, day: days, lines, visits: bought, net }) {
      for (let run = 0; run < starts.length - 1; run++) {
        const [begin, end] = [starts[run] as number, starts[run + 1] as number]
        if (days[begin] !== NO_DAY && !own.holds(texts, run)) {
          endCustomer()
          own.take(texts, run)
        }
        for (let row = begin; row < end; row++) {
          const [on, count] = [days[row] as number, lines ? (lines[row] as number) : 1]
          // The last customer may be called what a reason is called.
          if (on === NO_DAY) {
            if (!reason.take(texts, run)) leftOut.push({ reason: textReader(texts)(run) ?? '', lines: 0 })
            ;(leftOut.at(-1) as LeftOut).lines += count
            continue
          }
          if (on !== day) endDay()
          day = on
          if (first === NO_DAY || on < first) first = on
          if (on > latest) latest = on
          used += count
          visits += bought[row] as number
          sum.add(net[row] as number)
        }
      }
    },
    done() {
      endCustomer()
      return { ...kept.done(), tally: tallied(used, leftOut), first, latest }
    },
  }
}

/** A text of one of many columns, to compare others with. */
interface LastText {
  readonly bytes: Uint8Array
  readonly length: number
  holds(texts: PackedText, row: number): boolean
  /** Holds this one from now on; answers whether it did already. */
  take(texts: PackedText, row: number): boolean
}

function lastText(): LastText {
  let [bytes, length] = [new Uint8Array(64), -1]
  const holds = ({ bytes: others, starts }: PackedText, row: number): boolean => {
    const begin = starts[row] as number
    if ((starts[row + 1] as number) - begin !== length) return false
    // Ids that follow one another differ at their ends.
    for (let at = length - 1; at >= 0; at--) if (bytes[at] !== others[begin + at]) return false
    return true
  }
  return {
    get bytes() {
      return bytes
    },
    get length() {
      return length
    },
    holds,
    take(texts, row) {
      if (holds(texts, row)) return true
      const begin = texts.starts[row] as number
      length = (texts.starts[row + 1] as number) - begin
      if (length > bytes.length) bytes = new Uint8Array(2 * length)
      for (let at = 0; at < length; at++) bytes[at] = texts.bytes[begin + at] as number
      return false
    },
  }
}

const MICRO = 1e6
const HIGH = 2 ** 32

/**
 * Adds amounts of at most six decimals as whole millionths, in two parts that are exact each: the sum is that of the
 * decimals, in any order.
 */
function exactSum() {
  // Numbers with decimals that a closure holds are objects, made anew for each of millions of sums.
  const held = new Float64Array(3)
  const [alone, high, low] = [0, 1, 2]
  let count = 0
  const addParts = (amount: number): void => {
    const units = Math.round(amount * MICRO)
    const whole = Math.trunc(units / HIGH)
    held[high] = (held[high] as number) + whole
    held[low] = (held[low] as number) + units - whole * HIGH
  }
  return {
    add(amount: number): void {
      if (count++ === 0) {
        held[alone] = amount
        return
      }
      if (count === 2) addParts(held[alone] as number)
      addParts(amount)
    },
    take(): number {
      const exact = ((held[high] as number) * HIGH + (held[low] as number)) / MICRO
      const sum = count > 1 ? exact : count === 1 ? (held[alone] as number) : 0
      if (count > 1) held.fill(0)
      count = 0
      return sum
    },
  }
}

// Room that nobody writes to takes no memory: the system gives it page by page.
const CUSTOMERS = 1 << 20
const DAYS = 1 << 22

/** Days without a purchase go: what was paid back on them is taken off the purchase before, else the next one. */
function keptDays() {
  const ids = packer(CUSTOMERS)
  let [start, day, net] = [new Uint32Array(CUSTOMERS), new Int32Array(DAYS), new Float64Array(DAYS)]
  let [customers, begin, size, ahead] = [0, 0, 0, 0]
  const counts = { orders: 0, sameDay: 0, refundDays: 0, withoutMoney: 0, neverBought: 0 }
  const withoutPurchase = (amount: number): void => {
    counts.refundDays++
    if (size > begin) net[size - 1] = (net[size - 1] as number) + amount
    else ahead += amount
  }
  return {
    addDay(on: number, visits: number, amount: number): void {
      if (visits === 0) {
        withoutPurchase(amount)
        return
      }
      counts.orders += visits
      if (size === day.length) {
        day = longer(day, 2 * size)
        net = longer(net, 2 * size)
      }
      day[size] = on
      net[size++] = amount + ahead
      ahead = 0
    },
    endCustomer({ bytes, length }: LastText): void {
      if (length < 0) return
      ahead = 0
      if (size === begin) {
        counts.neverBought++
        return
      }
      for (let at = begin; at < size; at++) if (!((net[at] as number) > 0)) counts.withoutMoney++
      ids.addBytes(bytes, 0, length)
      if (customers + 2 > start.length) start = longer(start, 2 * start.length)
      start[++customers] = size
      begin = size
    },
    done: () => ({
      purchases: {
        id: ids.done(),
        start: start.subarray(0, customers + 1),
        day: day.subarray(0, size),
        net: net.subarray(0, size),
      },
      counts: { ...counts, sameDay: counts.orders - size },
    }),
  }
}
