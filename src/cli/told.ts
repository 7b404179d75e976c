/** The two lines on stderr: what was understood of the input, and what the answer counts. */
import type { Counted } from '../core/command.ts'
import { formatDay } from '../core/days.ts'
import { counted, wholeText } from '../core/numerals.ts'
import { reasonsOf } from '../core/orders.ts'
import { type Role, roleNames } from '../core/roles.ts'
import type { Opened, Rejects } from '../sources/open.ts'

const MOST_REASONS = 6

/** `orders.csv: CSV, UTF-8, 4,906 rows; customer = 会员号, date = 下单时间 (year-month-day)`. */
export function understoodOf(opened: Pick<Opened, 'files' | 'roles' | 'dateOrder'>, count?: number): string {
  const rows = count === undefined ? '' : `, ${counted(count, 'row')}`
  const roles = rolesOf(opened)
  return `${filesOf(opened)}${rows}${roles === '' ? '' : `; ${roles}`}`
}

/** `read as: Taobao orders (GB18030, 46 columns)`. */
export function systemTold({ system, files }: Pick<Opened, 'system' | 'files'>): string | undefined {
  const [first] = files
  return (
    system && first && `read as: ${system.title} (${first.encoding}, ${counted(first.columns, 'column')})`
  )
}

/** `passed over 4 lines: 1 above the header, 2 blank, 1 below the rows`. */
export function passedTold(opened: Pick<Opened, 'passed'>): string | undefined {
  const passed = opened.passed().filter(([count]) => count > 0)
  if (passed.length === 0) return undefined
  const all = passed.reduce((sum, [count]) => sum + count, 0)
  const kinds = passed.map(([count, what]) => `${wholeText(count)} ${what}`)
  return `passed over ${counted(all, 'line')}: ${kinds.join(', ')}`
}

function filesOf({ files }: Pick<Opened, 'files'>): string {
  const [first] = files
  if (!first) return 'no file'
  const kinds = [...new Set(files.map((file) => [file.format, file.encoding].filter(Boolean).join(', ')))]
  const compressed = [...new Set(files.map((file) => file.compression ?? ''))].filter((one) => one !== '')
  const what = [kinds.join(' and '), ...compressed].join(', ')
  return files.length === 1 ? `${first.path}: ${what}` : `${files.length} files, ${first.path} ...: ${what}`
}

function rolesOf({ roles, dateOrder }: Pick<Opened, 'roles' | 'dateOrder'>): string {
  const found = roleNames.filter((role) => roles[role])
  return found
    .map(
      (role: Role) => `${role} = ${roles[role]?.header.trim()}${role === 'date' ? ordered(dateOrder) : ''}`,
    )
    .join(', ')
}

const ordered = (dateOrder: string | undefined): string => (dateOrder ? ` (${dateOrder})` : '')

const DAYS_OF_A_WEEK = 7

/** `as of 2006-12-31: 995 customers from 4,906 rows; left out 14: 10 cancelled, 4 broken`. */
export function accountOf(
  { asOf, tally, customers, things }: Counted,
  rejects: Rejects,
  today: number,
): string {
  const reasons = [
    ...reasonsOf(tally),
    ...rejects.groups.map(({ reason, count }) => `${wholeText(count)} ${reason}`),
  ]
  const out = tally.read - tally.used + rejects.count
  const shown = reasons.length > MOST_REASONS ? [...reasons.slice(0, MOST_REASONS), '...'] : reasons
  const left = out === 0 ? 'nothing left out' : `left out ${wholeText(out)}: ${shown.join(', ')}`
  return `${asOf === undefined ? '' : dayTold(asOf, today)}${counted(customers, things ?? 'customer')} from ${counted(tally.used, 'row')}; ${left}`
}

function dayTold(asOf: number, today: number): string {
  const old = today - asOf > DAYS_OF_A_WEEK ? ' (more than a week ago)' : ''
  return `as of ${formatDay(asOf)}${old}: `
}
