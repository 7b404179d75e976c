/** Records and cells of the input that cannot be used, with the lines of the user's own file. */
import type { RejectLook } from '../core/look.ts'
import type { Role } from '../core/roles.ts'
import { name, sql } from '../core/sql.ts'
import type { Table } from '../core/table.ts'
import { columnOf, raw } from './lines.ts'
import type { Source } from './source.ts'

export interface RejectGroup {
  readonly reason: string
  readonly count: number
  /** With their places: `orders.csv:3: 4 fields, header has 3`. */
  readonly examples: readonly string[]
}

export interface Rejects {
  /** Records that are no rows. */
  readonly count: number
  readonly groups: readonly RejectGroup[]
  /** Rows with a cell that cannot be read: they are counted among the lines left out. */
  readonly cells: readonly string[]
  /** Every one of them, records and rows. */
  all(): Promise<RejectLook[]>
}

const EXAMPLES = 5
const SHOWN_CHARACTERS = 60
const MOST_LISTED = 1_000_000

export interface Rejecting {
  readonly sources: readonly Source[]
  readonly table: Table
  /** The headers of the columns that are read. */
  readonly headers: Readonly<Partial<Record<Role, string>>>
}

/** `cells`: look for cells that cannot be read; a query each, spared where it is known that there is none. */
export async function rejectsOf(rejecting: Rejecting, cells: boolean): Promise<Rejects> {
  const { sources } = rejecting
  const groups = new Map<string, { count: number; examples: string[] }>()
  for (const { file, rejects } of sources) {
    for (const { line, reason } of rejects) {
      const kind = kindOfReject(reason)
      const group = groups.get(kind) ?? { count: 0, examples: [] }
      group.count++
      if (group.examples.length < EXAMPLES) group.examples.push(`${file.path}:${line}: ${reason}`)
      groups.set(kind, group)
    }
  }
  const odd = cells ? await oddCells(rejecting, EXAMPLES) : []
  const sorted = [...groups].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1))
  return {
    count: sources.reduce((sum, { rejects }) => sum + rejects.length, 0),
    groups: sorted.map(([reason, group]) => ({ reason, ...group })),
    cells: odd.map((cell) => `${cell.source.file.path}:${cell.line}: ${oddReason(cell)}`),
    all: () => everyReject(rejecting),
  }
}

/** What is wrong, to be read after a number: how many fields there are differs from record to record. */
function kindOfReject(reason: string): string {
  const [, found, wanted] = /^(\d+) fields, header has (\d+)$/.exec(reason) ?? []
  if (found === undefined) return /^(?:a|bytes|text) /.test(reason) ? `with ${reason}` : reason
  return Number(found) > Number(wanted)
    ? 'with more fields than the header'
    : 'with fewer fields than the header'
}

interface OddCell {
  readonly source: Source
  readonly line: number
  readonly role: Role
  readonly column: number | undefined
  readonly value: string
}

/** Cells that should be a date or a number and are none, at most so many of each, in the order of the input. */
async function oddCells({ sources, table, headers }: Rejecting, most: number): Promise<OddCell[]> {
  if (!sources.every(({ lined }) => lined)) return []
  const cells: OddCell[] = []
  for (const [role, problem] of READ) {
    const header = headers[role]
    if (header === undefined) continue
    const read = name(columnOf(role))
    // A row is told once, by the first of its cells that cannot be read.
    const told = role === 'quantity' && headers.price !== undefined ? sql`and price is not null` : sql``
    const found = await table.fetch(
      sql`select file, line, ${raw(role)} as value from ${table.from}
        where problem = ${`${problem}: unreadable`} and ${read} is null ${told} order by file, line limit ${most}`,
      { file: 'number', line: 'number', value: 'text' },
    )
    found.value.forEach((value, i) => {
      const source = sources[found.file[i] as number] as Source
      const column = 1 + source.headers.indexOf(header)
      const line = found.line[i] as number
      cells.push({ source, line, role, column: column === 0 ? undefined : column, value: value ?? '' })
    })
  }
  return cells
}

/** What of a line is read as a date or a number, and which problem says that it could not be. */
const READ: readonly (readonly [role: Role, problem: string])[] = [
  ['date', 'date'],
  ['amount', 'amount'],
  ['price', 'amount'],
  ['quantity', 'amount'],
  ['refund', 'refund'],
]

const oddReason = ({ role, value }: OddCell): string =>
  notRead(value, role === 'date' ? 'a date' : 'a number')

/** `"abc" is not a number`. */
export const notRead = (value: string, what: 'a date' | 'a number'): string =>
  `"${value.trim().slice(0, SHOWN_CHARACTERS)}" is not ${what}`

/** Every row that cannot be used, in the order of the input, as it is written. */
async function everyReject(rejecting: Rejecting): Promise<RejectLook[]> {
  const odd = await oddCells(rejecting, MOST_LISTED)
  const all: RejectLook[] = []
  for (const source of rejecting.sources) {
    const { file, rejects } = source
    const own = odd.filter((cell) => cell.source === source)
    const written = await source.asWritten(new Set(own.map(({ line }) => line)))
    const cells = own.map((cell): RejectLook => {
      const text = written.get(cell.line) ?? cell.value
      return { path: file.path, line: cell.line, column: cell.column, reason: oddReason(cell), text }
    })
    const records = rejects.map((reject): RejectLook => ({ path: file.path, column: undefined, ...reject }))
    for (const one of [...records, ...cells].sort((a, b) => a.line - b.line)) all.push(one)
  }
  return all
}
