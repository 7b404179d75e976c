/** The different values of a column, fetched where only code can tell what is wrong with them. */
import { LINE, type Records } from '../../core/records.ts'
import { name, type Sql, sql } from '../../core/sql.ts'
import { placeholderSql } from '../../fields/id.ts'
import type { Seen } from '../../fields/seen.ts'

/** Letters and digits of Latin and Chinese, and what stands between them in names, codes and addresses. */
const LETTER = 'A-Za-z0-9\\x{4e00}-\\x{9fff}'
const PLAIN = `#?[${LETTER}](?:[${LETTER} .,:/@_+#&()'-]*[${LETTER}.)])?`
/** No placeholder but an address is longer. */
const LONGEST_PLACEHOLDER = 12
/** More different values that are oddly written say nothing new. */
const MOST = 200_000

/** The values that are not plainly written, or may stand for none; the most frequent first. */
export function suspectsIn(records: Records, header: string): Promise<Seen[]> {
  const cell = name(header)
  const mayBeNone = sql`(length(${cell}) <= ${LONGEST_PLACEHOLDER} and ${placeholderSql(cell)})`
  const odd = sql`not regexp_full_match(${cell}, ${PLAIN}) or ${mayBeNone} or starts_with(${cell}, 'guest@')`
  return valuesIn(records, cell, { where: odd, most: MOST })
}

export interface Wanted {
  readonly where?: Sql
  readonly most?: number
}

/** Different values with how often each is there, and the first line; the most frequent first where there is a limit. */
export async function valuesIn(
  { from, fetch, dialect }: Pick<Records, 'from' | 'fetch' | 'dialect'>,
  value: Sql,
  { where, most }: Wanted = {},
): Promise<Seen[]> {
  // What is not cut off need not be put in order.
  const order = most === undefined ? sql`` : sql`order by 2 desc, 1 limit ${most}`
  const asked = where ? sql`(${where})` : sql`true`
  const query = sql`select ${value} as value, ${dialect.real(sql`count(*)`)} as number, ${dialect.real(sql`min(${name(LINE)})`)} as line
    from ${from} as rows where ${value} is not null and ${asked} group by 1 ${order}`
  const found = await fetch(query, { value: 'text', number: 'number', line: 'number' })
  return found.value.map((each, i) => {
    return { value: each ?? '', count: found.number[i] as number, line: found.line[i] as number }
  })
}
