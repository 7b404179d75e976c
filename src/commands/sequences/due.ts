/** Who is due to buy what: a usual time after a purchase has passed, and nothing was bought since. */
import { customersIn, type Histories } from '../../models/sequences/histories.ts'

/** After `from` the item `to` is usually bought within so many days, by such a share of customers. */
export interface Habit {
  readonly from: number
  readonly to: number
  readonly days: number
  readonly share: number
}

export interface Due {
  readonly customer: number
  readonly habit: Habit
  readonly last: number
  readonly since: number
}

/** By share, then by customer. */
export function dueNow(
  histories: Histories,
  habits: readonly Habit[],
  { within, end }: { readonly within: number; readonly end: number },
): Due[] {
  const { visit, day, start, item } = histories
  const habitsOf = new Map<number, Habit[]>()
  for (const habit of habits) habitsOf.set(habit.from, [...(habitsOf.get(habit.from) ?? []), habit])
  const all: Due[] = []
  for (let customer = 0; customer < customersIn(histories); customer++) {
    const last = new Map<number, number>()
    for (let at = visit[customer] as number; at < (visit[customer + 1] as number); at++) {
      for (let i = start[at] as number; i < (start[at + 1] as number); i++)
        last.set(item[i] as number, day[at] as number)
    }
    const best = new Map<number, Due>()
    for (const [from, bought] of last) {
      for (const habit of habitsOf.get(from) ?? []) {
        const since = end - bought
        const isBought = habit.to !== from && (last.get(habit.to) ?? Number.NEGATIVE_INFINITY) > bought
        if (since < habit.days || since > within || isBought) continue
        const known = best.get(habit.to)
        if (!known || habit.share > known.habit.share)
          best.set(habit.to, { customer, habit, last: bought, since })
      }
    }
    all.push(...best.values())
  }
  return all.sort(
    (a, b) =>
      b.habit.share - a.habit.share ||
      b.since - a.since ||
      a.customer - b.customer ||
      a.habit.to - b.habit.to,
  )
}
