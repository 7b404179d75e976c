/** What each column is taken for, and so what may be mended in it. */

import type { RewriteInput } from '../../core/rewrite.ts'
import { isSurelyPhone, type Meaning, meaningOf } from '../../fields/contact.ts'
import { meaningOfHeader } from '../../fields/contactWords.ts'
import { dateStyle } from '../../fields/date.ts'
import { isPlaceholder } from '../../fields/id.ts'
import { type Kind, kindOf } from '../../fields/kind.ts'
import { type NothingIn, nothingIn } from '../../fields/nothing.ts'
import type { Seen } from '../../fields/seen.ts'
import { trimmedText } from '../../fields/text.ts'
import { narrow, unwrapped } from './cells.ts'

/** How the cells of a column are read: codes and all below them have plain width, too. */
export type Taken = 'text' | 'code' | 'email' | 'phone' | 'date' | 'number'

export interface CleanColumn {
  readonly index: number
  readonly header: string
  readonly meaning: Meaning | undefined
  readonly kind: Kind
  readonly taken: Taken
  /** The header itself says that it holds dates. */
  readonly namedDate: boolean
  /** The first cells, without what is around or stands for none. */
  readonly seen: readonly Seen[]
  /** Which words stand for none here. */
  readonly nothing: NothingIn
}

export function columnsOf({ headers, seen, roles }: RewriteInput): CleanColumn[] {
  const numbers = new Set(numberRoles.map((role) => roles[role]))
  return headers.map((header, index) => {
    const values = tidySeen(seen[index] ?? [])
    const meaning = meaningOf(header, values)
    const { kind } = kindOf(values)
    const namedDate = header === roles.date || dates.has(meaningOfHeader(header) as Meaning)
    const taken = takenFor({ header, meaning, kind, values, namedDate, isNumber: numbers.has(header) })
    return {
      index,
      header,
      meaning,
      kind,
      taken,
      namedDate,
      seen: values,
      nothing: nothingIn(meaning, { header, seen: values, isCustomer: header === roles.customer }),
    }
  })
}

const numberRoles = ['amount', 'refund', 'price', 'quantity', 'cost', 'margin'] as const
const dates = new Set<Meaning>(['birth', 'date', 'updated'])
const codes = new Set<Meaning>(['id', 'postcode', 'resident', 'company number', 'identity'])
const amounts = new Set<Meaning>(['amount', 'price', 'quantity', 'age'])
const words = new Set<Meaning>(['given', 'surname', 'name', 'company', 'address', 'city', 'district', 'note'])
const numberKinds: readonly Kind[] = ['integer', 'decimal', 'money']

interface Judged {
  readonly header: string
  readonly meaning: Meaning | undefined
  readonly kind: Kind
  readonly values: readonly Seen[]
  readonly namedDate: boolean
  readonly isNumber: boolean
}

/** Below this share of fitting values a column is not what its header says. */
const HALF = 0.5

function takenFor({ header, meaning, kind, values, namedDate, isNumber }: Judged): Taken {
  if (meaning === 'email' || kind === 'email') return 'email'
  if (meaning === 'phone') return isSurelyPhone(header, values) ? 'phone' : 'code'
  if (meaning && codes.has(meaning)) return 'code'
  if (kind === 'date' || kind === 'datetime') return meaning && words.has(meaning) ? 'text' : 'date'
  if (namedDate && values.length > 0 && dateStyle(values).share >= HALF) return 'date'
  if (kind === 'percent' || (meaning && words.has(meaning))) return 'text'
  if (kind === 'id' || kind === 'phone') return 'code'
  if (isNumber || (meaning && amounts.has(meaning)) || numberKinds.includes(kind)) return 'number'
  return 'text'
}

/** Decided on what the cells will be, so that a clean file is read as the one it was made of. */
function tidySeen(seen: readonly Seen[]): Seen[] {
  const found = new Map<string, Seen>()
  for (const { value, count, line } of seen) {
    const tidy = trimmedText(narrow(unwrapped(trimmedText(value), true)))
    if (tidy === '' || isPlaceholder(tidy)) continue
    const known = found.get(tidy)
    found.set(tidy, known ? { ...known, count: known.count + count } : { value: tidy, count, line })
  }
  return [...found.values()]
}
