/** Rules as SQL. Values are typed: a number, a text, a day, or a truth; what does not fit together is refused. */
import { formatDay, parseDay } from '../../../core/days.ts'
import { join, type Sql, sql } from '../../../core/sql.ts'
import type { Dialect } from '../../../core/table.ts'
import { trimmed } from '../../../fields/text.ts'
import type { Field } from '../fields.ts'
import { type Expression, type Node, wrong } from './expression.ts'

type Type = 'number' | 'text' | 'day' | 'truth'

interface Typed {
  readonly type: Type
  readonly sql: Sql
  /** A text as it was typed, which may be meant as a day. */
  readonly literal?: string
}

export interface Compiling {
  readonly dialect: Dialect
  readonly today: number
  /** The column of that name. Throws CustError('input') where there is none. */
  field(name: string): Field
}

/** True for rows that keep the rule, NULL for rows without a value that it needs: these are not judged. */
export function compiled(rule: Expression, compiling: Compiling): Sql {
  const compiler = compilerOf(rule.source, compiling)
  const { type, sql: condition } = compiler(rule.node)
  if (type !== 'truth')
    throw wrong(rule.source, 0, `is a ${type}, not a condition`, 'compare it with something: amount > 0')
  return condition
}

const PLAIN_NUMBER = '^[-+]?[0-9]+(?:\\.[0-9]+)?$'
/** Numbers are doubles: what is no further apart is equal. */
const nearly = (a: Sql, b: Sql): Sql => sql`(1e-9 * greatest(1, abs(${a}), abs(${b})))`

function compilerOf(source: string, { dialect, today, field }: Compiling): (node: Node) => Typed {
  const fail = (node: Node, what: string, hint = '') => wrong(source, node.at, what, hint)
  const need = (node: Node, type: Type): Sql => {
    // A column that holds numbers or days has texts all the same.
    if (type === 'text' && node.is === 'column') return trimmed(field(node.name).cell)
    const typed = compile(node)
    if (typed.type === type) return typed.sql
    if (type === 'day' && typed.literal !== undefined) return dayOf(node, typed.literal)
    const hint = type === 'number' && typed.type === 'text' ? 'number(x) reads a text as a number' : ''
    throw fail(node, `a ${type} is expected, this is a ${typed.type}`, hint)
  }
  const dayOf = (node: Node, literal: string): Sql => {
    if (parseDay(literal) === undefined)
      throw fail(node, `"${literal}" is not a date`, 'write it as 2025-12-31')
    return dialect.date(literal)
  }

  const columnOf = (name: string): Typed => {
    const { reading, cell } = field(name)
    if (reading?.as === 'number') return { type: 'number', sql: reading.value }
    return reading
      ? { type: 'day', sql: sql`cast(${reading.exact} as date)` }
      : { type: 'text', sql: trimmed(cell) }
  }

  /** Both as the same type: a text that was typed beside a day is one. */
  const pair = (left: Node, right: Node, node: Node): { type: Type; a: Sql; b: Sql } => {
    const [a, b] = [compile(left), compile(right)]
    if (a.type === b.type) return { type: a.type, a: a.sql, b: b.sql }
    if (a.type === 'day' && b.literal !== undefined)
      return { type: 'day', a: a.sql, b: dayOf(right, b.literal) }
    if (b.type === 'day' && a.literal !== undefined)
      return { type: 'day', a: dayOf(left, a.literal), b: b.sql }
    const hint =
      [a.type, b.type].includes('number') && [a.type, b.type].includes('text')
        ? 'put quotes around a text, or read a text as a number with number(x)'
        : ''
    throw fail(node, `a ${a.type} cannot be compared with a ${b.type}`, hint)
  }

  const compared = (sign: string, left: Node, right: Node, node: Node): Sql => {
    const { type, a, b } = pair(left, right, node)
    const near = nearly(a, b)
    if (type !== 'number') return sql`(${a} ${{ pieces: [sign] }} ${b})`
    if (sign === '=') return sql`(abs(${a} - ${b}) <= ${near})`
    if (sign === '<>') return sql`(abs(${a} - ${b}) > ${near})`
    if (sign === '<=') return sql`(${a} <= ${b} + ${near})`
    if (sign === '>=') return sql`(${a} >= ${b} - ${near})`
    return sign === '<' ? sql`(${a} < ${b} - ${near})` : sql`(${a} > ${b} + ${near})`
  }

  const two = (node: Node & { readonly is: 'two' }): Typed => {
    const { sign, left, right } = node
    if (sign === 'and')
      return { type: 'truth', sql: join3(need(left, 'truth'), ' and ', need(right, 'truth')) }
    if (sign === 'or') return { type: 'truth', sql: join3(need(left, 'truth'), ' or ', need(right, 'truth')) }
    if (['+', '-', '*', '/', '%'].includes(sign)) return arithmetic(sign, left, right)
    return { type: 'truth', sql: compared(sign, left, right, node) }
  }

  const arithmetic = (sign: string, left: Node, right: Node): Typed => {
    if (sign === '-' || sign === '+') {
      const [a, b] = [compile(left), compile(right)]
      if (a.type === 'day' && b.type === 'day' && sign === '-') {
        return { type: 'number', sql: dialect.real(dialect.days(a.sql, b.sql)) }
      }
    }
    const [a, b] = [need(left, 'number'), need(right, 'number')]
    // Nothing can be said of a division by zero.
    const divisor = sign === '/' || sign === '%' ? sql`nullif(${b}, 0)` : b
    return { type: 'number', sql: sql`(${a} ${{ pieces: [sign] }} ${divisor})` }
  }

  const call = (node: Node & { readonly is: 'call' }): Typed => {
    const known = functions[node.name]
    if (!known)
      throw fail(node, `there is no function ${node.name}`, `there are: ${Object.keys(functions).join(', ')}`)
    const { given, gives, sql: of, optional = 0 } = known
    const [least, most] = [given.length - optional, given.length]
    if (node.given.length < least || node.given.length > most) {
      throw fail(
        node,
        `${node.name} takes ${least === most ? most : `${least} or ${most}`} values, not ${node.given.length}`,
      )
    }
    const values = node.given.map((each, i) => need(each, given[i] as Type))
    return { type: gives, sql: of(values, { dialect, today }) }
  }

  const compile = (node: Node): Typed => {
    switch (node.is) {
      case 'number':
        return { type: 'number', sql: dialect.real(sql`${node.value}`) }
      case 'text':
        return { type: 'text', sql: sql`${node.value}`, literal: node.value }
      case 'column':
        return columnOf(node.name)
      case 'call':
        return call(node)
      case 'two':
        return two(node)
      case 'not':
        return { type: 'truth', sql: sql`(not ${need(node.of, 'truth')})` }
      case 'minus':
        return { type: 'number', sql: sql`(- ${need(node.of, 'number')})` }
      case 'empty':
        return { type: 'truth', sql: isEmpty(node.of) }
      case 'matches': {
        checkPattern(node.pattern, node)
        return { type: 'truth', sql: sql`regexp_matches(${need(node.of, 'text')}, ${node.pattern})` }
      }
      case 'in': {
        const options = node.list.map((each) => compared('=', node.of, each, node))
        return { type: 'truth', sql: sql`(${join(options, ' or ')})` }
      }
      case 'between': {
        const [low, high] = [
          compared('>=', node.of, node.low, node),
          compared('<=', node.of, node.high, node),
        ]
        return { type: 'truth', sql: join3(low, ' and ', high) }
      }
    }
  }

  /** A cell that cannot be read is not empty. */
  const isEmpty = (node: Node): Sql => {
    if (node.is === 'column') return sql`(not ${field(node.name).filled})`
    return sql`(${compile(node).sql} is null)`
  }

  const checkPattern = (pattern: string, node: Node): void => {
    try {
      new RegExp(pattern, 'u')
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      throw fail(node, `'${pattern}' is no pattern`)
    }
  }

  return compile
}

const join3 = (a: Sql, between: ' and ' | ' or ', b: Sql): Sql => sql`(${join([a, b], between)})`

interface Function {
  readonly given: readonly Type[]
  /** So many of the last may be left out. */
  readonly optional?: number
  readonly gives: Type
  sql(values: readonly Sql[], about: Pick<Compiling, 'dialect' | 'today'>): Sql
}

const part = (name: string): Function => ({
  given: ['day'],
  gives: 'number',
  sql: ([day], { dialect }) => dialect.real(sql`extract(${{ pieces: [name] }} from ${day ?? sql`null`})`),
})
const ofText = (name: string): Function => ({
  given: ['text'],
  gives: 'text',
  sql: ([text]) => sql`${{ pieces: [name] }}(${text ?? sql`null`})`,
})

export const functions: Readonly<Record<string, Function>> = {
  length: {
    given: ['text'],
    gives: 'number',
    sql: ([text], { dialect }) => dialect.real(sql`length(${text ?? sql`null`})`),
  },
  lower: ofText('lower'),
  upper: ofText('upper'),
  number: {
    given: ['text'],
    gives: 'number',
    sql: ([text = sql`null`], { dialect }) =>
      sql`case when regexp_matches(${text}, ${PLAIN_NUMBER}) then ${dialect.real(text)} end`,
  },
  abs: { given: ['number'], gives: 'number', sql: ([value]) => sql`abs(${value ?? sql`null`})` },
  round: {
    given: ['number', 'number'],
    optional: 1,
    gives: 'number',
    sql: ([value = sql`null`, digits = sql`0`]) => sql`round(${value}, cast(${digits} as integer))`,
  },
  date: { given: ['day'], gives: 'day', sql: ([day]) => day ?? sql`null` },
  today: { given: [], gives: 'day', sql: (_, { dialect, today }) => dialect.date(formatDay(today)) },
  year: part('year'),
  month: part('month'),
  day: part('day'),
}
