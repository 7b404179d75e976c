/** E-mail addresses that name customers: case and blanks tell nobody apart. */
import { type Sql, sql } from '../core/sql.ts'
import { idSql } from './id.ts'
import { type Seen, weightOf } from './seen.ts'
import { plain, plainText, withValue } from './text.ts'

/** Addresses in this form as they stand. */
export const EMAIL_ID = '[a-z0-9_.%+-]+@[a-z0-9.-]+'
const ADDRESS = '[^@ ]+ *@ *[^@ ]+ *[.] *[^@ ]+'
const address = new RegExp(`^${ADDRESS}$`)
/** So many of a column of addresses are some. */
const MOST = 0.5

export function areEmails(seen: readonly Seen[]): boolean {
  const emails = seen.filter(({ value }) => address.test(plainText(value)))
  return emails.length > 0 && weightOf(emails) >= MOST * weightOf(seen)
}

/** The id of a text: an address in lower case, without blanks in it; anything else as it stands. */
export function emailIdSql(text: Sql): Sql {
  const id = idSql(text)
  const small = withValue(plain(sql`replace(${id}, '＠', '@')`), 'written', (each) => {
    const tight = sql`lower(regexp_replace(${each}, ' *([@.]) *', '\\1', 'g'))`
    return sql`case when regexp_full_match(${each}, ${ADDRESS}) then ${tight} end`
  })
  return sql`case when regexp_full_match(${text}, ${EMAIL_ID}) then ${text} else coalesce(${small}, ${id}) end`
}
