/** Records and cells of the input that cannot be used, with the lines of the user's own file. */
import type { RejectLook } from '../core/look.ts'
import type { Role } from '../core/roles.ts'
import { sql } from '../core/sql.ts'
import type { Table } from '../core/table.ts'
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
  readonly roles: readonly Role[]
}

export async function rejectsOf(rejecting: Rejecting): Promise<Rejects> {
  const { sources } = rejecting
  const groups = new Map<string, { count: number; examples: string[] }>()
  for (const { file, rejects } of sources) {
    for (const { line, reason } of rejects) {
      // How many fields there are differs from record to record; what is wrong does not.
      const kind = reason.replace(/^(\d+) fields, header has (\d+)$/, (_, found, wanted) =>
        Number(found) > Number(wanted)
          ? 'with more fields than the header'
          : 'with fewer fields than the header',
      )
      const group = groups.get(kind) ?? { count: 0, examples: [] }
      group.count++
      if (group.examples.length < EXAMPLES) group.examples.push(`${file.path}:${line}: ${reason}`)
      groups.set(kind, group)
    }
  }
  const sorted = [...groups].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1))
  return {
    count: sources.reduce((sum, { rejects }) => sum + rejects.length, 0),
    groups: sorted.map(([reason, group]) => ({ reason, ...group })),
    cells: (await oddCells(rejecting, EXAMPLES)).map(
      (cell) => `${cell.source.file.path}:${cell.line}: ${oddReason(cell)}`,
    ),
    all: () => everyReject(rejecting),
  }
}

interface OddCell {
  readonly source: Source
  readonly line: number
  readonly role: 'date' | 'amount'
  readonly value: string
}

/** Cells that should be a date or an amount and are none, at most so many of each, in the order of the input. */
async function oddCells({ sources, table, roles }: Rejecting, most: number): Promise<OddCell[]> {
  const cells: OddCell[] = []
  for (const role of ['date', 'amount'] as const) {
    if (!roles.includes(role) || !sources.every(({ lined }) => lined)) continue
    const found = await table.fetch(
      sql`select file, line, ${{ pieces: [{ name: `raw ${role}` }] }} as value from ${table.from}
        where problem = ${`${role}: unreadable`} order by file, line limit ${most}`,
      { file: 'number', line: 'number', value: 'text' },
    )
    found.value.forEach((value, i) => {
      const source = sources[found.file[i] as number] as Source
      cells.push({ source, line: found.line[i] as number, role, value: value ?? '' })
    })
  }
  return cells
}

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
      return { path: file.path, line: cell.line, column: undefined, reason: oddReason(cell), text }
    })
    const records = rejects.map((reject): RejectLook => ({ path: file.path, column: undefined, ...reject }))
    for (const one of [...records, ...cells].sort((a, b) => a.line - b.line)) all.push(one)
  }
  return all
}
