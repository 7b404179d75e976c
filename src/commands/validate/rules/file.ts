/** A file of rules, checked: every mistake in it is told with its line. */
import { CustError } from '../../../core/errors.ts'
import { type MostBad, mostBad, type Settings } from '../../../core/options.ts'
import { type Expression, expression } from './expression.ts'
import { columnKeys, fileKeys, type Key, type KindName, rowKeys, ruleKeys } from './keys.ts'

export interface ColumnRules {
  readonly column: string
  readonly place: string
  readonly kind?: KindName
  readonly required?: boolean
  readonly unique?: boolean
  readonly values?: readonly (string | number | boolean)[]
  readonly pattern?: string
  readonly min?: number | string
  readonly max?: number | string
  readonly 'min-length'?: number
  readonly 'max-length'?: number
  readonly country?: string
  readonly 'found-in'?: string
  readonly optional?: boolean
  readonly severity?: 'error' | 'warning' | 'note'
}

export interface RowRule {
  readonly check: Expression
  readonly name: string
  readonly severity: 'error' | 'warning' | 'note'
}

export interface Rules {
  readonly columns: readonly ColumnRules[]
  readonly rules: readonly RowRule[]
  /** Columns that together are there once. */
  readonly unique: readonly (readonly string[])[]
  readonly rows: { readonly min?: number; readonly max?: number }
  readonly maxBad: MostBad | undefined
  readonly ignore: readonly string[]
  /** Make the checks that nobody asked for, too. */
  readonly inferred: boolean
}

export const noRules: Rules = {
  ...{ columns: [], rules: [], unique: [], rows: {} },
  ...{ maxBad: undefined, ignore: [], inferred: true },
}

type Where = readonly (string | number)[]
type Part = Readonly<Record<string, unknown>>

/** Throws CustError('usage') for what a file of rules cannot say. */
export function rulesOf(settings: Settings | undefined): Rules {
  if (!settings) return noRules
  const read = reader(settings)
  const whole = read.record(
    settings.content ?? {},
    [],
    [...Object.keys(fileKeys), 'columns', 'rules', 'unique', 'rows'],
  )
  const own = read.fields(whole, [], fileKeys)
  const columns = read.record(
    whole['columns'] ?? {},
    ['columns'],
    undefined,
    'as in columns: { email: { kind: email } }',
  )
  return {
    columns: Object.entries(columns).map(([column, said]) => {
      const where = ['columns', column]
      const about = read.fields(read.record(said ?? {}, where, Object.keys(columnKeys)), where, columnKeys)
      return { ...about, column, place: settings.place(...where) } as ColumnRules
    }),
    rules: read.list(whole['rules'] ?? [], ['rules']).map((said, i) => ruleOf(read, said, ['rules', i])),
    unique: read
      .list(whole['unique'] ?? [], ['unique'])
      .map((said, i) => (typeof said === 'string' ? [said] : read.list(said, ['unique', i])).map(String)),
    rows: read.fields(
      read.record(whole['rows'] ?? {}, ['rows'], Object.keys(rowKeys)),
      ['rows'],
      rowKeys,
    ) as Rules['rows'],
    maxBad:
      own['max-bad'] === undefined ? undefined : read.at(['max-bad'], () => mostBad(String(own['max-bad']))),
    ignore: (own['ignore'] as readonly string[] | undefined) ?? [],
    inferred: own['inferred'] !== false,
  }
}

function ruleOf(read: Reader, said: unknown, where: Where): RowRule {
  const about =
    typeof said === 'string'
      ? { check: said }
      : read.fields(read.record(said, where, Object.keys(ruleKeys)), where, ruleKeys)
  const { check, name, severity } = about as { check?: string; name?: string; severity?: RowRule['severity'] }
  if (check === undefined) throw read.wrong(where, 'a rule without "check"')
  const parsed = read.at(where, () => expression(check))
  return { check: parsed, name: name ?? parsed.source, severity: severity ?? 'error' }
}

type Reader = ReturnType<typeof reader>

function reader(settings: Settings) {
  const wrong = (where: Where, what: string, hint = '') =>
    new CustError('usage', `${settings.place(...where)}: ${what}`, hint)

  const record = (value: unknown, where: Where, known?: readonly string[], hint = ''): Part => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw wrong(
        where,
        `${nameOf(where)} should be keys with values`,
        known ? `keys: ${known.join(', ')}` : hint,
      )
    }
    const strange = Object.keys(value).find((key) => known && !known.includes(key))
    if (strange !== undefined) {
      throw wrong(
        [...where, strange],
        `"${strange}" is not known in ${nameOf(where)}`,
        `there are: ${known?.join(', ')}`,
      )
    }
    return value as Part
  }

  const list = (value: unknown, where: Where): readonly unknown[] => {
    if (Array.isArray(value)) return value
    throw wrong(where, `${nameOf(where)} should be a list`)
  }

  const fields = (value: Part, where: Where, keys: Readonly<Record<string, Key>>): Part =>
    Object.fromEntries(
      Object.entries(keys).flatMap(([key, about]) =>
        value[key] === undefined || value[key] === null
          ? []
          : [[key, held(value[key], [...where, key], about)]],
      ),
    )

  const held = (value: unknown, where: Where, { shape, help }: Key): unknown => {
    const refuse = (what: string) => wrong(where, `${nameOf(where)} should be ${what}: ${help}`)
    switch (shape.type) {
      case 'boolean':
        if (typeof value !== 'boolean') throw refuse('true or false')
        return value
      case 'string':
        if (typeof value !== 'string' || value.trim() === '') throw refuse('a text')
        return value
      case 'whole':
        if (!Number.isInteger(value) || (value as number) < 0) throw refuse('a whole number')
        return value
      case 'bound':
        if (typeof value !== 'number' && typeof value !== 'string') throw refuse('a number or a date')
        return value
      case 'share or number':
        if (typeof value !== 'number' && typeof value !== 'string') throw refuse('a number or a share')
        return value
      case 'one of':
        if (!shape.words.includes(String(value))) throw refuse(`one of ${shape.words.join(', ')}`)
        return value
      case 'values':
        if (!Array.isArray(value) || value.length === 0) throw refuse('a list of values')
        return value
      case 'names':
        if (!Array.isArray(value)) throw refuse('a list of names')
        return value.map(String)
    }
  }

  /** What is refused inside is told with its line. */
  const at = <T>(where: Where, read: () => T): T => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof CustError) || error.kind !== 'usage') throw error
      throw new CustError('usage', `${settings.place(...where)}: ${error.message}`, error.hint, {
        cause: error,
      })
    }
  }

  return { record, list, fields, at, wrong }
}

const nameOf = (where: Where): string => (where.length === 0 ? 'a file of rules' : where.join('.'))
