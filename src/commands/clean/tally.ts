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
  readonly examples: readonly Example[]
  /** There is room for an example. */
  readonly wants: boolean
  /** Show it, where none is like it. */
  show(example: Example): void
}

/** Cells of a column that stay as they are for one reason. */
export interface LeftCells {
  readonly column: string
  readonly why: string
  cells: number
  /** The line of the first. */
  readonly line: number
}

export interface Tally {
  /** The group of a rule in a column, to be counted in. */
  group(column: string, rule: string): Counted
  /** The most frequent first. */
  all(): Counted[]
  /** Count a cell that stays as it is. */
  leave(column: string, why: string, line: number): void
  left(): readonly LeftCells[]
}

const EXAMPLES = 5
/** Cells are searched for different examples so far. */
const SEARCHED = 1000

function countedGroup(column: string, rule: string): Counted {
  const examples: Example[] = []
  return {
    column,
    rule,
    cells: 0,
    examples,
    get wants() {
      return examples.length < EXAMPLES && this.cells <= SEARCHED
    },
    show(example) {
      if (!examples.some(({ before }) => before === example.before)) examples.push(example)
    },
  }
}

export function tallyOf(): Tally {
  const columns = new Map<string, Map<string, Counted>>()
  const left = new Map<string, LeftCells>()
  return {
    leave(column, why, line) {
      const key = `${column}\u0000${why}`
      const known = left.get(key)
      if (known) known.cells++
      else left.set(key, { column, why, cells: 1, line })
    },
    left: () => [...left.values()],
    group(column, rule) {
      const own = columns.get(column) ?? new Map<string, Counted>()
      columns.set(column, own)
      const known = own.get(rule) ?? countedGroup(column, rule)
      own.set(rule, known)
      return known
    },
    all: () =>
      [...columns.values()]
        .flatMap((groups) => [...groups.values()])
        .sort((a, b) => b.cells - a.cells || (a.column < b.column ? -1 : 1) || (a.rule < b.rule ? -1 : 1)),
  }
}
