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
import { recogniseSystem } from './systems/index.ts'
import type { System } from './systems/system.ts'

/** What columns mean: to the system that wrote the files, and to the user. */
export interface Meaning {
  readonly system: System | undefined
  readonly named: Readonly<Partial<Record<Role, string>>>
}

export interface Together {
  /** They follow each other. */
  readonly sources: readonly Source[]
  /** What the joined rows mean. */
  readonly system: System | undefined
  readonly notes: readonly string[]
  readonly warnings: readonly string[]
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
  { system, named }: Meaning,
): Promise<Together> {
  if (sources.length < 2 || areAlike(sources)) return { sources, system, notes: [], warnings: [] }
  if (alikeGroups(sources).some((group) => group.length > 1)) throw mixture(sources)
  const base = sources.find((source) => knows(source, 'date', { system, named })) ?? (sources[0] as Source)
  let state: Joined = { source: base, system }
  const rest = sources.filter((source) => source !== base)
  const notes: string[] = []
  for (;;) {
    const { source: joined, system: meaning } = state
    const lacking = wanted.filter((role) => !knows(joined, role, { system: meaning, named }))
    const gives = (source: Source) => lacking.some((role) => givesRole(source, role, { system, named }))
    const found = rest.find((source) => gives(source) && tieOf(joined, source) !== undefined)
    if (found === undefined) break
    rest.splice(rest.indexOf(found), 1)
    const tie = tieOf(joined, found) as Tie
    notes.push(`${found.file.path}: joined to ${base.file.path} by ${found.headers[tie.other]}`)
    state = await joinMeaning(engine, { ...state, named }, found, { tie, lacking })
  }
  const lacking = wanted.filter((role) => !knows(state.source, role, { system: state.system, named }))
  const untied = rest.find((source) => lacking.some((role) => givesRole(source, role, { system, named })))
  if (untied) throw noTie(base, untied)
  const whole = rest.find((source) =>
    wanted.every((role) => givesRole(source, role, { system: undefined, named })),
  )
  if (whole && wanted.length > 0) throw ofAnotherShop(base, whole)
  // The export of a known system is made of files that not every question needs; of others it is news.
  const unread = rest.map(({ file }) => `${file.path}: adds nothing that is asked for, so it is not read`)
  const [told, warnings] = system ? [unread, []] : [[], unread]
  return { sources: [state.source], system: state.system, notes: [...notes, ...told], warnings }
}

interface Joined {
  readonly source: Source
  readonly system: System | undefined
}

/** What joined rows mean: the roles that the other file adds, and an amount that now stands on several rows. */
async function joinMeaning(
  engine: Engine,
  { source, system, named }: Joined & Meaning,
  other: Source,
  { tie, lacking }: { readonly tie: Tie; readonly lacking: readonly Role[] },
): Promise<Joined> {
  const joined = await joinTwo(engine, source, other, tie)
  const repeats = knows(source, 'amount', { system, named }) && !(await isUnique(engine, other, tie.other))
  const theirs = recogniseSystem(other.written)?.roles ?? {}
  const added = lacking.flatMap((role) => (theirs[role]?.length ? [[role, theirs[role]] as const] : []))
  const opened = lacking.filter((role) => system?.roles[role]?.length === 0 && !theirs[role]?.length)
  const roles = { ...system?.roles, ...Object.fromEntries(added) }
  for (const role of opened) delete roles[role]
  if (!system && !repeats) return { source: joined, system }
  return {
    source: joined,
    system: { ...(system ?? NO_SYSTEM), roles, ...(repeats ? { amounts: 'repeated' } : {}) },
  }
}

const NO_SYSTEM: System = { name: 'none', title: '', signature: { all: [] }, roles: {} }

async function isUnique(engine: Engine, { rows, complete, scan }: Source, index: number): Promise<boolean> {
  if (complete) {
    const keys = rows.map(({ cells }) => (cells[index] ?? '').trim()).filter((key) => key !== '')
    return new Set(keys).size === keys.length
  }
  const key = trimmed(name(columnName(index)))
  const { twice } = await engine.fetch(
    sql`select count(${key}) - count(distinct ${key}) as twice from (${scan})`,
    {
      twice: 'number',
    },
  )
  return twice[0] === 0
}

/** Has it a column for the role: one that the user names, or the system, where they name any? */
function knows({ headers }: Source, role: Role, { system, named }: Meaning): boolean {
  const keys = named[role]?.split('|').map(headerKey) ?? system?.roles[role]?.map(headerKey)
  if (keys) return headers.some((header) => keys.includes(headerKey(header)))
  return headers.some((header) => rankOf(header, role) !== undefined)
}

/** Would it give the role to files of that meaning? */
function givesRole(source: Source, role: Role, { system, named }: Meaning): boolean {
  if (system?.roles[role]?.length) return knows(source, role, { system, named })
  return knows(source, role, { system: recogniseSystem(source.written), named })
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
  return new CustError(
    'input',
    'these files are neither all alike nor each of another kind',
    `read the alike ones into one file first (cust convert a.csv b.csv -o both.csv)\n${headersShown(sources)}`,
  )
}

/** Both hold all that is asked for, under other headers: neither may be left out. */
function ofAnotherShop(one: Source, other: Source): CustError {
  return new CustError(
    'input',
    `${one.file.path} and ${other.file.path} hold lines of their own under different headers`,
    `read them one by one, or give both the same headers first\n${headersShown([one, other])}`,
  )
}

/** Rows are put below each other only where their columns are the same; throws CustError('input') elsewhere. */
export function checkAlike(sources: readonly Source[]): void {
  const [first] = sources
  const other = sources.find((source) => first && !areAlike([first, source]))
  if (first === undefined || other === undefined) return
  throw new CustError(
    'input',
    `${first.file.path} and ${other.file.path} hold rows of different kinds: most of their columns differ`,
    `give them one by one, or give both the same headers first; to hold one against the other: ${BETWEEN}\n${headersShown([first, other])}`,
  )
}

const BETWEEN = 'cust validate --ref, cust dedupe --against'

const headersShown = (sources: readonly Source[]): string =>
  sources.map(({ file, headers }) => `${file.path}: ${headers.slice(0, 5).join(', ')} ...`).join('\n')

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
