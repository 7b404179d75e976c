/** Accounts and cards, told by their values: check digits of most of a column are no chance. */
import type { Records } from '../../core/records.ts'
import { sql } from '../../core/sql.ts'
import { isCard, isIban, isShapedAsCard, isShapedAsIban, maskedNumber } from '../../fields/checkDigits.ts'
import { type Seen, weightOf } from '../../fields/seen.ts'
import { type Check, isOneOf, type Said } from './check.ts'
import type { Field } from './fields.ts'
import { valuesIn } from './values.ts'

interface Kind {
  readonly rule: string
  readonly said: Said
  isShaped(value: string): boolean
  isRight(value: string): boolean
  /** So many of a column must be right to be taken for these; digits of any kind pass one check in ten. */
  readonly least: number
}

const kinds: readonly Kind[] = [
  {
    rule: 'iban',
    said: { en: 'no valid IBAN: its check digits are wrong', zh: 'IBAN 校验位有误' },
    ...{ isShaped: isShapedAsIban, isRight: isIban, least: 2 },
  },
  {
    rule: 'card_number',
    said: {
      en: 'its check digit is wrong: card numbers have that of Luhn',
      zh: '校验位有误（银行卡号的 Luhn 校验）',
    },
    ...{ isShaped: isShapedAsCard, isRight: isCard, least: 8 },
  },
]

/** So many of a column have the shape, and so many of these are right. */
const [SHAPED, RIGHT] = [0.8, 0.6]

export async function accountChecks(records: Records, fields: readonly Field[]): Promise<Check[]> {
  const checks: Check[] = []
  for (const field of fields) {
    if (field.reading?.as === 'day' || field.ruled?.kind !== undefined) continue
    const kind = kinds.find((each) => isOf(each, field.seen))
    if (kind) checks.push(await checkOf(records, field, kind))
  }
  return checks
}

function isOf({ isShaped, isRight, least }: Kind, seen: readonly Seen[]): boolean {
  if (!seen.slice(0, FIRST).some(({ value }) => isShaped(value))) return false
  const shaped = seen.filter(({ value }) => isShaped(value))
  const right = shaped.filter(({ value }) => isRight(value))
  return (
    right.length >= least &&
    weightOf(shaped) >= SHAPED * weightOf(seen) &&
    right.length >= RIGHT * shaped.length
  )
}

/** A column of which none of the first is one holds something else. */
const FIRST = 20

async function checkOf(records: Records, { header, cell, filled }: Field, kind: Kind): Promise<Check> {
  const values = await valuesIn(records, cell, { where: sql`${filled}` })
  const wrong = values.filter(({ value }) => !kind.isRight(value))
  return {
    rule: kind.rule,
    severity: 'error',
    dimension: 'validity',
    columns: [header],
    ...kind.said,
    fails: isOneOf(
      cell,
      wrong.map(({ value }) => value),
    ),
    shown: maskedNumber,
    believed: true,
  }
}
