/** Numbers of organisations in China: the unified social credit identifier, GB 32100-2015. */
import { readCode } from './id.ts'

const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** Powers of 3 modulo 31. */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
/** Authority, kind, six digits of the region, nine characters of the organisation, check character. */
const SHAPE = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/

/** The 18 characters in upper case; undefined where the value is no such number. */
export function readCompanyNumber(value: string): string | undefined {
  const number = bare(value)
  return SHAPE.test(number) && checkOf(number) === number[17] ? number : undefined
}

/** Has the value the shape of such a number, whatever its check character? */
export const isShapedAsCompanyNumber = (value: string): boolean => SHAPE.test(bare(value))

const bare = (value: string): string => readCode(value).replaceAll('-', '')

function checkOf(number: string): string | undefined {
  const sum = WEIGHTS.reduce(
    (total, weight, i) => total + weight * CHARACTERS.indexOf(number[i] as string),
    0,
  )
  return CHARACTERS[(31 - (sum % 31)) % 31]
}
