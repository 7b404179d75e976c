/** A value of a column as a decision about the column needs it. */
export interface Seen {
  readonly value: string
  /** How many cells hold it. */
  readonly count: number
  /** The physical line of the first of them, from 1. */
  readonly line: number
}

/** The different values of a list; lines are places in it, from 1. */
export function seenIn(values: readonly string[]): Seen[] {
  const found = new Map<string, { value: string; count: number; line: number }>()
  values.forEach((value, i) => {
    const known = found.get(value)
    if (known) known.count++
    else found.set(value, { value, count: 1, line: i + 1 })
  })
  return [...found.values()]
}

/** How many cells these are. */
export function weightOf(seen: readonly Seen[]): number {
  return seen.reduce((total, { count }) => total + count, 0)
}

/** The one that stands first in the file. */
export function firstOf(seen: readonly Seen[]): Seen | undefined {
  return seen.reduce<Seen | undefined>(
    (first, each) => (first === undefined || each.line < first.line ? each : first),
    undefined,
  )
}

/** A handful to show, the most frequent first. */
export function examplesOf(seen: readonly Seen[]): Seen[] {
  return [...seen].sort((a, b) => b.count - a.count || a.line - b.line).slice(0, 5)
}
