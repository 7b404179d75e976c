import type { Readable } from 'node:stream'
import type { Role } from '../core/roles.ts'
import type { DateOrder } from '../fields/date.ts'
import type { DecimalMark } from '../fields/money.ts'

/** What the user typed. */
export interface Reading {
  /** Files, globs, `-`. */
  readonly paths: readonly string[]
  /** Read for `-`. */
  readonly stdin: Readable
  readonly cwd: string
  /** An existing folder for spooled and rewritten files, removed by the caller. */
  readonly temp: string
  readonly encoding?: string
  readonly delimiter?: string
  readonly quote?: string
  /** Physical line of the header; 0: there is none. */
  readonly headerRow?: number
  readonly inputSheet?: string
  /** The export system that wrote the files; none: as if it were unknown. */
  readonly preset?: string
  readonly dateOrder?: DateOrder
  readonly decimal?: DecimalMark
  /** `--customer 会员号`, `#3`, `a|b` (the first that exists), `none` (do not use that role). */
  readonly columns: Readonly<Partial<Record<Role, string>>>
  /** Only lines with these status words count. */
  readonly paidStatus?: readonly string[]
  /** Lines with these status words are out, as cancelled. */
  readonly excludeStatus?: readonly string[]
  /** A person is there to read a warning. */
  readonly interactive?: boolean
  /** Take every row apart here, where otherwise the engine may read a regular file as it stands. */
  readonly thorough?: boolean
  /** Have the engine read a regular file as it stands, however small. */
  readonly inPlace?: boolean
}
