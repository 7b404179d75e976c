/** Customers that are named by a telephone number or an e-mail address: one number is one customer, however it is written. */
import { wholeText } from '../core/numerals.ts'
import { join, name, type Sql, sql } from '../core/sql.ts'
import type { Engine } from '../engines/engine.ts'
import { meaningOfHeader } from '../fields/contactWords.ts'
import { areEmails, EMAIL_ID, emailIdSql } from '../fields/emailId.ts'
import { idSql, isPlaceholder, maskedSql } from '../fields/id.ts'
import type { Seen } from '../fields/seen.ts'
import { isBlank, plainText } from '../fields/text.ts'
import { columnName, type Source } from './source.ts'

export interface CustomerForm {
  id(text: Sql): Sql
  /** What it makes of how many ids. */
  readonly told: string
}

interface Asked {
  readonly engine: Engine
  readonly sources: readonly Source[]
  readonly header: string
  /** Of the first rows. */
  readonly seen: readonly Seen[]
}

/** How the ids of a column are brought to one form. */
interface Form {
  readonly what: string
  id(text: Sql): Sql
  /** What ids look like that are in it as they stand. */
  readonly pattern: string
}

/** Undefined where the column holds something else, or no two of its ids are one: then every id stays as it is. */
export async function customerForm(asked: Asked): Promise<CustomerForm | undefined> {
  const seen = asked.seen.filter(({ value }) => !isBlank(value) && !isPlaceholder(value))
  if (areEmails(seen))
    return mergingOf(asked, [{ what: 'e-mail addresses', id: emailIdSql, pattern: EMAIL_ID }])
  if (!mayBePhones(asked.header, seen)) return undefined
  const { phoneIdPattern, phoneIdSql, phoneIdsOf } = await import('../fields/phoneId.ts')
  const ids = phoneIdsOf(asked.header, seen)
  if (ids === undefined) return undefined
  const forms = [true, false].map((international): Form => {
    const known = { ...ids, international }
    const id: Form['id'] = (text) => phoneIdSql(text, known)
    return { what: 'telephone numbers', id, pattern: phoneIdPattern(known) }
  })
  return mergingOf(asked, forms)
}

/** A look that needs no plans of numbers: those are loaded only for such a column. */
function mayBePhones(header: string, seen: readonly Seen[]): boolean {
  const long = seen.filter(({ value }) => /^\D*(?:\d\D*){7,}$/.test(value))
  if (long.length < seen.length / 2 || seen.length === 0) return false
  const mobiles = long.filter(({ value }) => /^(?:\+[1-9]|(?:86)?1[3-9]\d{9}$)/.test(bare(value)))
  return meaningOfHeader(header) === 'phone' || mobiles.length > seen.length / 2
}

const bare = (value: string): string => plainText(value).replace(/[ ().-]/g, '')

const cells = ({ sources, header }: Asked): Sql => {
  const parts = sources.flatMap((source) => {
    const index = source.headers.indexOf(header)
    return index < 0 ? [] : [sql`select ${name(columnName(index))} as value from (${source.scan})`]
  })
  return join(parts, ' union all ')
}

/** The form in which most ids stand already; undefined where all do. */
async function mergingOf(asked: Asked, forms: readonly Form[]): Promise<CustomerForm | undefined> {
  const counts = forms.map(({ pattern }, i) => {
    return sql`count(case when regexp_full_match(value, ${pattern}) then 1 end) as ${name(`n${i}`)}`
  })
  const shape = Object.fromEntries(forms.map((_, i) => [`n${i}`, 'number' as const]))
  const query = sql`select count(value) as number, ${join(counts)} from (${cells(asked)})`
  const found: Record<string, Float64Array> = await asked.engine.fetch(query, { number: 'number', ...shape })
  const plain = forms.map((_, i) => found[`n${i}`]?.[0] ?? 0)
  const most = Math.max(...plain)
  return most === found['number']?.[0] ? undefined : merging(asked, forms[plain.indexOf(most)] as Form)
}

/** Only ids that are not in the form as they stand cost more than a look. */
async function merging(asked: Asked, { what, id, pattern }: Form): Promise<CustomerForm | undefined> {
  const value = name('value')
  const isPlain = sql`regexp_full_match(value, ${pattern})`
  const seen = sql`select value, count(*) as number from (${cells(asked)}) where value is not null group by 1`
  const query = sql`with seen as materialized (${seen}),
    odd as materialized (select ${id(value)} as one, ${idSql(value)} as way, number from seen
      where not ${isPlain} and not ${maskedSql(value)}),
    ways as (select one, way, sum(number) as number from
      (select * from odd union all select value, value, number from seen where ${isPlain} and value in (select one from odd))
      where way is not null group by 1, 2),
    several as (select one, count(*) as ways, min(case when way <> one then way end) as way, sum(number) as number
      from ways group by one having count(*) > 1)
    select one, way, count(*) over () as customers, sum(ways) over () as ids, sum(number) over () as number
    from several order by one limit 1`
  const shape = { one: 'text', way: 'text', customers: 'number', ids: 'number', number: 'number' } as const
  const found = await asked.engine.fetch(query, shape)
  const [one, way] = [found.one[0], found.way[0]]
  if (!one) return undefined
  const counted = (values: Float64Array, thing: string) =>
    `${wholeText(values[0] ?? 0)} ${thing}${values[0] === 1 ? '' : 's'}`
  const many = `${counted(found.ids, 'id')} in ${counted(found.number, 'row')} are ${counted(found.customers, 'customer')}`
  return { id, told: `${many}: ${what} in "${asked.header.trim()}" are read in one form, ${way} as ${one}` }
}
