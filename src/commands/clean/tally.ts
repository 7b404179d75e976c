/** What was mended, by rule and column: how many cells, and some to show. */

export interface Example {
  readonly line: number
  readonly before: string
  readonly after: string
}

export interface Counted {
  readonly column: string
  readonly rule: string
  cells: number
  readonly examples: Example[]
}

export interface Tally {
  /** The group of a rule in a column, to be counted in. */
  group(column: string, rule: string): Counted
  /** The most frequent first. */
  all(): Counted[]
}

export const EXAMPLES = 5

export function tallyOf(): Tally {
  const groups = new Map<string, Counted>()
  return {
    group(column, rule) {
      const key = `${column}\u0000${rule}`
      const known = groups.get(key) ?? { column, rule, cells: 0, examples: [] }
      groups.set(key, known)
      return known
    },
    all: () =>
      [...groups.values()]
        .filter(({ cells }) => cells > 0)
        .sort((a, b) => b.cells - a.cells || (a.column < b.column ? -1 : 1) || (a.rule < b.rule ? -1 : 1)),
  }
}
