/** What customers bought day by day, as arrays. */

export interface Histories {
  /** Customer c has the visits `visit[c]` up to `visit[c + 1] - 1`, by day. */
  readonly visit: Uint32Array
  /** The day of each visit; no two of a customer are on the same. */
  readonly day: Int32Array
  /** Visit v has `item[start[v]]` up to `item[start[v + 1] - 1]`: each item once, by rising number. */
  readonly start: Uint32Array
  readonly item: Int32Array
  readonly items: number
}

export interface PurchaseLines {
  readonly customer: Int32Array
  readonly day: Int32Array
  readonly item: Int32Array
}

export const customersIn = ({ visit }: Histories): number => visit.length - 1

/** Lines in any order; what a customer bought more than once on a day counts once. */
export function historiesOf(lines: PurchaseLines, customers: number, items: number): Histories {
  const { customer, day, item } = lines
  const order = sorted(lines, customers)
  const [visit, start, days]: [Uint32Array, Uint32Array, Int32Array] = [
    new Uint32Array(customers + 1),
    new Uint32Array(order.length + 1),
    new Int32Array(order.length),
  ]
  const held = new Int32Array(order.length)
  let [visits, size] = [0, 0]
  for (let i = 0; i < order.length; i++) {
    const line = order[i] as number
    const before = i === 0 ? -1 : (order[i - 1] as number)
    const isSameVisit = before >= 0 && customer[before] === customer[line] && day[before] === day[line]
    if (isSameVisit && item[before] === item[line]) continue
    if (!isSameVisit) {
      start[visits] = size
      days[visits++] = day[line] as number
      visit[(customer[line] as number) + 1] = visits
    }
    held[size++] = item[line] as number
  }
  start[visits] = size
  // Customers without a line end where the one before does.
  for (let c = 1; c <= customers; c++) visit[c] = Math.max(visit[c] as number, visit[c - 1] as number)
  return {
    visit,
    day: days.slice(0, visits),
    start: start.slice(0, visits + 1),
    item: held.slice(0, size),
    items,
  }
}

/** Lines by customer, day and item. */
function sorted({ customer, day, item }: PurchaseLines, customers: number): Uint32Array {
  const first = new Uint32Array(customers + 1)
  for (const each of customer) first[each + 1] = (first[each + 1] as number) + 1
  for (let c = 0; c < customers; c++) first[c + 1] = (first[c + 1] as number) + (first[c] as number)
  const next = first.slice()
  const order = new Uint32Array(customer.length)
  customer.forEach((each, line) => {
    order[next[each] as number] = line
    next[each] = (next[each] as number) + 1
  })
  const compared = (a: number, b: number) =>
    (day[a] as number) - (day[b] as number) || (item[a] as number) - (item[b] as number)
  for (let c = 0; c < customers; c++) {
    const own = order.subarray(first[c], first[c + 1])
    if (own.length > 1) own.sort(compared)
  }
  return order
}

/** The customer of each visit. */
export function customersOfVisits({ visit, day }: Histories): Int32Array {
  const customer = new Int32Array(day.length)
  for (let c = 0; c + 1 < visit.length; c++) customer.fill(c, visit[c], visit[c + 1])
  return customer
}
