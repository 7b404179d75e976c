/**
 * Several files as one table. Files of the same columns follow each other; files that know different things of
 * the same orders or customers are joined by the column that they share.
 */
import { CustError } from '../core/errors.ts'
import type { Role } from '../core/roles.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import { trimmed } from '../fields/text.ts'
import { headerKey, rankOf } from './headers.ts'
import type { TextRecord } from './records.ts'
import { columnName, type Source } from './source.ts'
import type { System } from './systems/system.ts'

export interface Together {
  /** Alike: they follow each other. */
  readonly sources: readonly Source[]
  readonly notes: readonly string[]
}

/** Two files are of one kind when most columns of the narrower one are in the other. */
const ALIKE = 0.6

export function areAlike(sources: readonly Source[]): boolean {
  const [first, ...others] = sources.map(({ headers }) => new Set(headers.map(headerKey)))
  return others.every((keys) => {
    const shared = [...keys].filter((key) => first?.has(key)).length
    return shared >= ALIKE * Math.min(keys.size, first?.size ?? 0)
  })
}

/**
 * Join files to one that has the roles asked for, beginning with the one that has the date. Files that give
 * no role more are left out and told. Throws CustError('input') where no column ties them together.
 */
export async function bringTogether(
  engine: Engine,
  sources: readonly Source[],
  wanted: readonly Role[],
  system: System | undefined,
): Promise<Together> {
  if (sources.length < 2 || areAlike(sources)) return { sources, notes: [] }
  const groups = alikeGroups(sources)
  if (groups.some((group) => group.length > 1)) throw mixture(sources)
  const has = (source: Source, role: Role) => knows(source, role, system)
  const base = sources.find((source) => has(source, 'date')) ?? (sources[0] as Source)
  let joined = base
  const rest = sources.filter((source) => source !== base)
  const notes: string[] = []
  for (let found: Source | undefined; ; ) {
    const lacking = wanted.filter((role) => !has(joined, role))
    found = rest.find(
      (source) => lacking.some((role) => has(source, role)) && tieOf(joined, source) !== undefined,
    )
    if (found === undefined) break
    rest.splice(rest.indexOf(found), 1)
    const tie = tieOf(joined, found) as Tie
    notes.push(`${found.file.path}: joined to ${base.file.path} by ${found.headers[tie.other]}`)
    joined = await joinTwo(engine, joined, found, tie)
  }
  const lacking = wanted.find((role) => !has(joined, role) && rest.some((source) => has(source, role)))
  const untied = rest.find((source) => lacking !== undefined && has(source, lacking))
  if (untied) throw noTie(base, untied)
  for (const { file } of rest) notes.push(`${file.path}: adds nothing that is asked for, so it is not read`)
  return { sources: [joined], notes }
}

/** Has it a column for the role: one that the system names, where it names any? */
function knows({ headers }: Source, role: Role, system: System | undefined): boolean {
  const named = system?.roles[role]?.map(headerKey)
  if (named) return headers.some((header) => named.includes(headerKey(header)))
  return headers.some((header) => rankOf(header, role) !== undefined)
}

function alikeGroups(sources: readonly Source[]): Source[][] {
  const groups: Source[][] = []
  for (const source of sources) {
    const group = groups.find(([first]) => first && areAlike([first, source]))
    if (group) group.push(source)
    else groups.push([source])
  }
  return groups
}

function mixture(sources: readonly Source[]): CustError {
  const shown = sources.map(({ file, headers }) => `${file.path}: ${headers.slice(0, 5).join(', ')} ...`)
  return new CustError(
    'input',
    'these files are neither all alike nor each of another kind',
    `read the alike ones into one file first (cust convert a.csv b.csv -o both.csv)\n${shown.join('\n')}`,
  )
}

function noTie(base: Source, other: Source): CustError {
  return new CustError(
    'input',
    `${other.file.path}: shares no column with ${base.file.path} that ties them together`,
    `they have: ${base.headers.join(', ')}\nand: ${other.headers.join(', ')}`,
  )
}

// The column that two files share --------------------------------------------------------------------

interface Tie {
  readonly base: number
  readonly other: number
}

/** A value that both have says more than a name that both have; below this share it says nothing. */
const OVERLAP = 0.05

/** The column of the same name whose first values are best known to the other file. */
function tieOf(base: Source, other: Source): Tie | undefined {
  let best: (Tie & { overlap: number }) | undefined
  base.headers.forEach((header, i) => {
    const j = other.headers.findIndex((each) => headerKey(each) === headerKey(header))
    if (j < 0 || !isKey(header)) return
    const known = new Set(other.rows.map(({ cells }) => (cells[j] ?? '').trim()))
    const values = base.rows.map(({ cells }) => (cells[i] ?? '').trim()).filter((value) => value !== '')
    const overlap = values.filter((value) => known.has(value)).length / Math.max(1, values.length)
    const enough = overlap >= OVERLAP || !(base.complete && other.complete)
    if (enough && (best === undefined || overlap > best.overlap)) best = { base: i, other: j, overlap }
  })
  return best
}

/** Names of orders and customers tie files together, and so does whatever calls itself an id. */
function isKey(header: string): boolean {
  if (rankOf(header, 'order') !== undefined || rankOf(header, 'customer') !== undefined) return true
  return /(?:id|no|number|code|key|编号|号|编码)$/.test(headerKey(header))
}

// Joining ----------------------------------------------------------------------------------------------

async function joinTwo(engine: Engine, base: Source, other: Source, tie: Tie): Promise<Source> {
  const added = other.headers.flatMap((header, i) => (i === tie.other ? [] : [{ header, i }]))
  const taken = new Set(base.headers.map((header) => header.toLowerCase()))
  const headers = added.map(({ header }) => freeName(header, taken))
  const width = base.headers.length
  const own = base.headers.map((_, i) => sql`b.${name(columnName(i))} as ${name(columnName(i))}`)
  const more = added.map(({ i }, k) => sql`o.${name(columnName(i))} as ${name(columnName(width + k))}`)
  const line = base.lined ? [sql`b.line as line`] : []
  const key = (side: 'b' | 'o', index: number): Sql =>
    trimmed(sql`${{ pieces: [`${side}.`] }}${name(columnName(index))}`)
  const scan = sql`select ${join([...line, ...own, ...more])} from (${base.scan}) as b
    left join (${other.scan}) as o on ${key('b', tie.base)} = ${key('o', tie.other)}`
  const rows = joinRows(base, other, tie, added)
  const complete = base.complete && other.complete
  const { count } = complete
    ? { count: Promise.resolve(rows.length) }
    : { count: countOf(engine, scan, [base, other]) }
  return {
    file: { ...base.file, columns: width + headers.length },
    headers: [...base.headers, ...headers],
    written: [...base.written, ...added.map(({ i }) => other.written[i] ?? '')],
    rows,
    complete,
    scan,
    lined: base.lined,
    notes: [...base.notes, ...other.notes],
    warnings: [...base.warnings, ...other.warnings],
    rejects: [...base.rejects, ...other.rejects],
    passed: base.passed,
    asWritten: base.asWritten,
    count,
    ...irregularOf(base, other),
  }
}

function freeName(header: string, taken: Set<string>): string {
  let free = header
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${header}_${n}`
  taken.add(free.toLowerCase())
  return free
}

function joinRows(
  base: Source,
  other: Source,
  tie: Tie,
  added: readonly { readonly i: number }[],
): TextRecord[] {
  const byKey = new Map<string, TextRecord[]>()
  for (const record of other.rows) {
    const key = (record.cells[tie.other] ?? '').trim()
    if (key === '') continue
    const known = byKey.get(key)
    if (known) known.push(record)
    else byKey.set(key, [record])
  }
  const none = [undefined]
  return base.rows.flatMap(({ cells, line }) => {
    const matches = byKey.get((cells[tie.base] ?? '').trim()) ?? none
    return matches.map((match) => ({
      cells: [...cells, ...added.map(({ i }) => match?.cells[i] ?? '')],
      line,
    }))
  })
}

async function countOf(engine: Engine, scan: Sql, parts: readonly Source[]): Promise<number> {
  await Promise.all(parts.map(({ count }) => count))
  const { rows } = await engine.fetch(sql`select count(*) as rows from (${scan})`, { rows: 'number' })
  return rows[0] ?? 0
}

/** What one part has that the engine cannot read, the whole has. */
function irregularOf(...parts: readonly Source[]): Pick<Source, 'irregular'> {
  const found = parts.flatMap(({ irregular }) => (irregular ? [irregular] : []))
  if (found.length === 0) return {}
  return { irregular: Promise.all(found).then((all) => all.find((why) => why !== undefined)) }
}
