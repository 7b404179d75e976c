/** What was mended, by rule and column: how many cells, and some to show. Told batch by batch, then summed up. */

export interface Example {
  readonly line: number
  readonly before: string
  readonly after: string
}

export interface Counted<E = Example> {
  readonly column: string
  readonly rule: string
  cells: number
  readonly examples: E[]
}

/** Cells of a column that stay as they are for one reason. */
export interface LeftCells {
  readonly column: string
  readonly why: string
  cells: number
  /** The line of the first. */
  readonly line: number
}

/** An example, and the how manieth cell of its group it is in its batch. */
interface Placed extends Example {
  readonly place: number
}

/** What is told of a batch, as data that any thread can send. */
export interface BatchTold {
  readonly groups: readonly Counted<Placed>[]
  readonly left: readonly LeftCells[]
}

export interface BatchTally {
  /** The group of a rule in a column, to be counted in. */
  group(column: string, rule: string): Counted<Placed>
  /** Count a cell that stays as it is. */
  leave(column: string, why: string, line: number): void
  told(): BatchTold
}

export interface Tally {
  /** Take in what is told of a batch; in the order of batches, so that the first cells are those that are shown. */
  add(told: BatchTold): void
  /** The most frequent first. */
  all(): Counted[]
  left(): readonly LeftCells[]
}

const EXAMPLES = 5
/** Cells are searched for different examples so far. */
const SEARCHED = 1000

/** May the cell of a group that was counted last be an example? */
export const wantsExample = ({ cells, examples }: Counted<unknown>): boolean =>
  examples.length < EXAMPLES && cells <= SEARCHED

export function show<E extends Example>({ examples }: Counted<E>, example: E): void {
  if (!examples.some(({ before }) => before === example.before)) examples.push(example)
}

export function batchTally(): BatchTally {
  const groups = groupsOf<Placed>()
  const left = leftCells()
  return {
    group: groups.of,
    leave: (column, why, line) => left.add({ column, why, cells: 1, line }),
    told: () => ({ groups: groups.all(), left: left.all() }),
  }
}

export function tallyOf(): Tally {
  const groups = groupsOf<Example>()
  const left = leftCells()
  return {
    add(told) {
      for (const { column, rule, cells, examples } of told.groups) {
        const group = groups.of(column, rule)
        const before = group.cells
        for (const { place, ...example } of examples) {
          group.cells = before + place
          if (wantsExample(group)) show(group, example)
        }
        group.cells = before + cells
      }
      for (const cells of told.left) left.add(cells)
    },
    left: left.all,
    all: () =>
      groups
        .all()
        .sort((a, b) => b.cells - a.cells || (a.column < b.column ? -1 : 1) || (a.rule < b.rule ? -1 : 1)),
  }
}

function groupsOf<E>() {
  const columns = new Map<string, Map<string, Counted<E>>>()
  return {
    of(column: string, rule: string): Counted<E> {
      const own = columns.get(column) ?? new Map<string, Counted<E>>()
      columns.set(column, own)
      const known = own.get(rule) ?? { column, rule, cells: 0, examples: [] }
      own.set(rule, known)
      return known
    },
    all: () => [...columns.values()].flatMap((groups) => [...groups.values()]),
  }
}

function leftCells() {
  const left = new Map<string, LeftCells>()
  return {
    add(more: LeftCells): void {
      const key = `${more.column}\u0000${more.why}`
      const known = left.get(key)
      if (known) known.cells += more.cells
      else left.set(key, { ...more })
    },
    all: () => [...left.values()],
  }
}
