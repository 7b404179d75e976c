/** Resident identity numbers of China: GB 11643-1999 of 18 characters, and the 15 digits in use before. */
import { parseDay } from '../core/days.ts'
import { readCode } from './id.ts'

export interface Resident {
  /** 18 characters, whichever form was written. */
  readonly id: string
  /** The first six digits: where it was given. */
  readonly region: string
  /** Day of birth. */
  readonly birth: number
  readonly sex: 'male' | 'female'
}

/** What is wrong with a number, the first thing that is. */
export type ResidentProblem = 'length' | 'region' | 'birth date' | 'check digit'

const PROVINCES = new Set([
  ...[
    '11',
    '12',
    '13',
    '14',
    '15',
    '21',
    '22',
    '23',
    '31',
    '32',
    '33',
    '34',
    '35',
    '36',
    '37',
    '41',
    '42',
    '43',
  ],
  ...[
    '44',
    '45',
    '46',
    '50',
    '51',
    '52',
    '53',
    '54',
    '61',
    '62',
    '63',
    '64',
    '65',
    '71',
    '81',
    '82',
    '83',
    '91',
  ],
])
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'
const FIRST_BIRTH = parseDay('1850-01-01') as number

export function readResidentId(value: string): Resident | undefined {
  const id = longForm(value)
  if (id === undefined || problemOf(id) !== undefined) return undefined
  const sex = Number(id[16]) % 2 === 1 ? 'male' : 'female'
  return { id, region: id.slice(0, 6), birth: birthOf(id) as number, sex }
}

/** Why the value is no number of a resident; undefined where it is one. */
export function residentProblem(value: string): ResidentProblem | undefined {
  const id = longForm(value)
  return id === undefined ? 'length' : problemOf(id)
}

/** The number with its middle hidden, as reports show it. */
export function maskedResidentId(value: string): string {
  const id = bareId(value)
  return id.length < 11
    ? '*'.repeat(id.length)
    : `${id.slice(0, 6)}${'*'.repeat(id.length - 10)}${id.slice(-4)}`
}

const bareId = (value: string): string => readCode(value).replaceAll('-', '')

function longForm(value: string): string | undefined {
  const id = bareId(value)
  if (/^\d{17}[\dX]$/.test(id)) return id
  if (!/^\d{15}$/.test(id)) return undefined
  const long = `${id.slice(0, 6)}19${id.slice(6)}`
  return long + checkOf(long)
}

function checkOf(id: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(id[i]), 0)
  return CHECKS[sum % 11] as string
}

function birthOf(id: string): number | undefined {
  return parseDay(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`)
}

function problemOf(id: string): ResidentProblem | undefined {
  if (!PROVINCES.has(id.slice(0, 2))) return 'region'
  const birth = birthOf(id)
  if (birth === undefined || birth < FIRST_BIRTH) return 'birth date'
  return checkOf(id) === id[17] ? undefined : 'check digit'
}
