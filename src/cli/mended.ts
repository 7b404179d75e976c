/** What a thread does with a batch of rows that it takes: mends it, and makes the bytes that are written of it. */
import type { RejectLook } from '../core/look.ts'
import type { Column, Sheet } from '../core/report.ts'
import type { MendedBatch, Mender } from '../core/rewrite.ts'
import { type BatchFormat, batchRenderer } from '../render/batches.ts'
import type { Style } from '../render/format.ts'
import { auditRows, rowWriter } from '../sources/audit.ts'
import type { Dialect } from '../sources/dialect.ts'
import type { ReadBatch } from '../sources/rowBatch.ts'

/** How the rows are written. It survives structured cloning. */
export interface Writing {
  /** The file as the user names it, and its columns. */
  readonly path: string
  readonly headers: readonly string[]
  /** How the file is written. */
  readonly dialect: Dialect | undefined
  readonly title: Sheet['title']
  /** Undefined: the rows only pass. */
  readonly as: { readonly format: BatchFormat; readonly style: Style } | undefined
  /** Undefined: no audit; no dialect: the file cannot be written again from rows. */
  readonly audit: { readonly dialect: Dialect | undefined } | undefined
}

/** What has become of a batch. */
export interface Mended {
  /** Each holds until the next is asked for, and the last until the next batch is mended. */
  readonly chunks: Iterable<string | Uint8Array>
  /** Rows of the audit, which hold until the next batch is mended. */
  readonly audit: Uint8Array | undefined
  readonly written: number
  readonly dropped: number
  readonly rejected: readonly RejectLook[]
  readonly told: unknown
}

export interface BatchWork {
  /** What stands above the rows. */
  head(): Iterable<string | Uint8Array>
  mend(batch: ReadBatch): Mended
  /** What stands below them. */
  end(): Iterable<string>
}

export function batchWork(mender: Mender, writing: Writing): BatchWork {
  const { as, audit, headers } = writing
  const renderer = as && batchRenderer(as.format, as.style)
  const tell = audit && auditRows(headers, audit.dialect)
  const sheet = (mended: Pick<MendedBatch, 'columns'>, length: number, rows?: Uint32Array): Sheet => {
    const columns = mender.headers.map((key, i): Column => {
      return { key, unit: 'text', title: { en: key, zh: key }, values: mended.columns[i] ?? [] }
    })
    return { name: 'rows', title: writing.title, columns, length, ...(rows ? { rows } : {}) }
  }
  return {
    head: () => renderer?.rows(sheet({ columns: [] }, 0)) ?? [],
    mend(batch) {
      const mended = mender.mend(batch)
      const { gone } = mended
      const kept = gone.length === 0 ? undefined : keptRows(batch.length, gone)
      const rejected = rejectedOf(batch, mended, writing)
      return {
        audit: tell?.(batch, mended),
        chunks: renderer?.rows(sheet(mended, batch.length, kept)) ?? [],
        written: kept?.length ?? batch.length,
        dropped: gone.length - rejected.length,
        rejected,
        told: mended.told,
      }
    },
    end: () => renderer?.end() ?? [],
  }
}

/** The same to be kept while others are mended, or sent: everything is copied, as views would take their rooms along. */
export function kept({ chunks, audit, ...rest }: Mended): Mended {
  const copies: (string | Uint8Array)[] = []
  for (const chunk of chunks) copies.push(typeof chunk === 'string' ? chunk : new Uint8Array(chunk))
  return { ...rest, chunks: copies, audit: audit && new Uint8Array(audit) }
}

function rejectedOf(batch: ReadBatch, { gone }: MendedBatch, { path, dialect }: Writing): RejectLook[] {
  const rejected = gone.filter(({ as }) => as === 'rejected')
  if (rejected.length === 0) return []
  const raw = rowWriter(batch, dialect)
  return rejected.map(({ at, why, column }) => ({
    path,
    line: batch.lines[at] as number,
    column,
    reason: why,
    text: raw(at).toString().trimEnd(),
  }))
}

function keptRows(length: number, gone: readonly { readonly at: number }[]): Uint32Array {
  const left = new Set(gone.map(({ at }) => at))
  return Uint32Array.from({ length }, (_, at) => at).filter((at) => !left.has(at))
}
