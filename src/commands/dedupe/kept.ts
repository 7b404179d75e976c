/** What a run has learnt and whom it found, as a file; whatever it holds is checked before it is used. */
import { CustError } from '../../core/errors.ts'
import type { TextFile } from '../../core/options.ts'
import type { ClassFitted, Mixture } from '../../models/linkage/mixture.ts'
import type { Freedom } from '../../models/linkage/observed.ts'
import type { Shares } from '../../models/linkage/shares.ts'
import type { CellForm } from './fields.ts'
import type { Learnt, LearntColumn, LearntField } from './learnt.ts'
import type { Before } from './lineage.ts'
import { matchRoles } from './roleNames.ts'
import type { Digests } from './shared.ts'

const KIND = 'cust customers'
/** Goes up whenever levels or classes mean something else: an older model would be read without a complaint. */
const VERSION = 7

export interface Kept {
  readonly learnt: Learnt
  readonly before: Before
}

export function keptText({ learnt, before }: Kept): string {
  const { groups, alone } = before
  return `${JSON.stringify({ kind: KIND, version: VERSION, ...learnt, groups, alone }, null, 1)}\n`
}

/** Read what `keptText` wrote. Throws CustError('usage') that names the file and the first thing wrong with it. */
export function readKept({ path, text }: TextFile): Kept {
  const found = parsed(text)
  if (found?.['kind'] !== KIND) {
    throw new CustError('usage', `${path}: is no model of cust dedupe`, 'write one with --save-model <file>')
  }
  if (found['version'] !== VERSION) {
    const which = JSON.stringify(found['version'] ?? null)
    throw new CustError(
      'usage',
      `${path}: is a model of version ${which}, and this cust reads version ${VERSION}`,
      'write it anew with --save-model <file>',
    )
  }
  const read = readerOf(path)
  const fields = read.list('fields', found['fields'], fieldIn)
  return {
    learnt: {
      columns: read.list('columns', found['columns'], columnIn),
      fields,
      blocks: read.list('blocks', found['blocks'], textIn),
      irrelevant: read.list('irrelevant', found['irrelevant'], textIn),
      shared: read.list('shared', found['shared'], sharedIn),
      mixture: mixtureIn(
        read,
        found['mixture'],
        fields.map(({ levels }) => levels),
      ),
    },
    before: {
      groups: read.list('groups', found['groups'], groupIn),
      alone: read.list('alone', found['alone'], textIn),
    },
  }
}

function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isFields(value) ? value : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// The parts: undefined where one is not sound ------------------------------------------------------------------

type Reads<T> = (value: unknown) => T | undefined

const textIn: Reads<string> = (value) => (typeof value === 'string' ? value : undefined)
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0

function listIn<T>(value: unknown, reads: Reads<T>): T[] | undefined {
  if (!Array.isArray(value)) return undefined
  const list = value.map(reads)
  return list.includes(undefined) ? undefined : (list as T[])
}

const columnIn: Reads<LearntColumn> = (value) => {
  if (!isFields(value)) return undefined
  const { header, form } = value
  const role = matchRoles.find((each) => each === value['role'])
  const isSound = typeof header === 'string' && role && (form === undefined || isForm(form))
  return isSound ? { header, role, ...(form ? { form } : {}) } : undefined
}

const isForm = (value: unknown): value is CellForm => {
  if (!isFields(value)) return false
  const { order, country, addressed } = value
  if (addressed !== undefined && typeof addressed !== 'boolean') return false
  const isOrder = order === undefined || ['ymd', 'dmy', 'mdy'].includes(order as string)
  return isOrder && (country === undefined || /^[A-Z]{2}$/.test(String(country)))
}

const fieldIn: Reads<LearntField> = (value) => {
  if (!isFields(value)) return undefined
  const { header, levels, filled } = value
  const frequent = listIn(value['frequent'], frequencyIn)
  const isSound = typeof header === 'string' && isCount(levels) && levels > 1 && isCount(filled) && frequent
  return isSound ? { header, levels, filled, frequent } : undefined
}

const frequencyIn: Reads<readonly [string, number]> = (value) => {
  if (!Array.isArray(value) || value.length !== 2) return undefined
  const [digest, records] = value as unknown[]
  return isDigest(digest) && isCount(records) ? [digest, records] : undefined
}

const isDigest = (value: unknown): value is string => /^[\da-f]{16}$/.test(String(value))

const sharedIn: Reads<Digests> = (value) => {
  if (!isFields(value)) return undefined
  const { header } = value
  const digests = listIn(value['digests'], (each) => (isDigest(each) ? each : undefined))
  return typeof header === 'string' && digests ? { header, digests } : undefined
}

const groupIn: Reads<Before['groups'][number]> = (value) => {
  if (!isFields(value)) return undefined
  const { id } = value
  const rows = listIn(value['rows'], textIn)
  return typeof id === 'string' && rows && rows.length > 0 ? { id, rows } : undefined
}

// The classes --------------------------------------------------------------------------------------------------

const FREEDOMS: readonly Freedom[] = ['pinned', 'unlike', 'below exact', 'free']

function mixtureIn(read: Reader, value: unknown, levels: readonly number[]): Mixture {
  if (!isFields(value)) throw read.wrong('mixture')
  const shared = (place: string, given: unknown) => {
    const { prior, shares } = isFields(given) ? given : {}
    if (isShare(prior) && isShares(shares, levels)) return { prior, shares }
    throw read.wrong(`mixture.${place}`)
  }
  const { matches, moved, random, reasons, rounds, converged } = value
  if (!isCount(rounds) || typeof converged !== 'boolean') throw read.wrong('mixture')
  return {
    matches: shared('matches', matches),
    moved: moved === undefined ? undefined : shared('moved', moved),
    random: shared('random', random),
    reasons: read.list('mixture.reasons', reasons, reasonIn(levels)),
    rounds,
    converged,
  }
}

const reasonIn =
  (levels: readonly number[]): Reads<ClassFitted> =>
  (value) => {
    if (!isFields(value)) return undefined
    const { name, prior, shares } = value
    const freedom = listIn(value['freedom'], (each) => FREEDOMS.find((word) => word === each))
    const isSound =
      typeof name === 'string' &&
      isShare(prior) &&
      isShares(shares, levels) &&
      freedom?.length === levels.length
    return isSound ? { name, prior, shares, freedom } : undefined
  }

const isShare = (value: unknown): value is number => typeof value === 'number' && value > 0 && value <= 1

/** Of each column the shares of its levels, which sum to one. */
function isShares(value: unknown, levels: readonly number[]): value is Shares {
  return (
    Array.isArray(value) &&
    value.length === levels.length &&
    value.every((shares: unknown, i) => {
      if (!Array.isArray(shares) || shares.length !== levels[i] || !shares.every(isShare)) return false
      return Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-6
    })
  )
}

type Reader = ReturnType<typeof readerOf>

function readerOf(path: string) {
  const wrong = (place: string): CustError =>
    new CustError(
      'usage',
      `${path} cannot be used: its ${place} is damaged`,
      'write it anew with --save-model <file>',
    )
  return {
    wrong,
    list<T>(place: string, value: unknown, reads: Reads<T>): T[] {
      const list = listIn(value, reads)
      if (list) return list
      throw wrong(place)
    },
  }
}
