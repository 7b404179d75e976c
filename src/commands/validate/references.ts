/** Ids that another file must have: `--ref customer_id=customers.csv`. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { name, sql } from '../../core/sql.ts'
import { idSql } from '../../fields/id.ts'
import type { Check } from './check.ts'
import { type Field, fieldNamed } from './fields.ts'

export interface Reference {
  readonly column: string
  readonly file: string
  /** Its column; the same header where none is named. */
  readonly key: string
}

/** `column=file`, or `column=file#column`. */
export function reference(given: string): Reference {
  const [, column = '', file = '', key] = /^([^=]+)=([^#]+)(?:#(.+))?$/.exec(given.trim()) ?? []
  if (column.trim() === '' || file.trim() === '') {
    throw new CustError(
      'usage',
      `"${given}" is not column=file`,
      'for example: --ref customer_id=customers.csv#id',
    )
  }
  return { column: column.trim(), file: file.trim(), key: (key ?? column).trim() }
}

export async function referenceChecks(
  input: Pick<Input, 'open'>,
  fields: readonly Field[],
  references: readonly Reference[],
): Promise<Check[]> {
  const checks: Check[] = []
  for (const { column, file, key } of references) {
    const field = fieldNamed(fields, column, '--ref')
    const other = await input.open(file, [key])
    const ids = sql`select ${name(key)} from ${other.from} as others where ${name(key)} is not null`
    checks.push({
      rule: 'reference',
      severity: 'error',
      dimension: 'consistency',
      columns: [field.header],
      en: `not found in ${file} (${key})`,
      zh: `在 ${file}（${key}）中找不到`,
      fails: sql`(${field.filled} and ${idSql(field.cell)} not in (${ids}))`,
    })
  }
  return checks
}
