/** Dates as ISO 8601 writes them: the day, the time of day where one is written, the offset where one is. */
import { formatDay } from '../core/days.ts'
import type { DateStyle } from './date.ts'
import { type FormName, isCounted, type Written, writtenAs } from './dateforms.ts'
import { plainText } from './text.ts'

/** What is left as it is. */
const ISO_DATE =
  /^\d{4}-\d\d-\d\d(?:[ T](?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?(?:\d\d)?)?)?$/

export const isIsoDate = (text: string): boolean => ISO_DATE.test(text)

/** The texts of a column as ISO dates, in the order of its style; undefined for what is none, or none for certain. */
export function isoDateReader(style: DateStyle): (value: string) => string | undefined {
  const forms = style.forms.filter((form): form is FormName => form !== 'iso')
  const all: readonly FormName[] = [...forms, ...usualForms.filter((form) => !forms.includes(form))]
  return (value) => {
    const text = plainText(value)
    if (isIsoDate(text)) return text
    for (const form of all) {
      const written = writtenAs(form, text)
      if (written) return isoOf(written, text)
    }
    return undefined
  }
}

/** Forms that say their order themselves. */
const usualForms: readonly FormName[] = ['year-first -', 'year-first /', 'year-first .', 'chinese']

function isoOf({ day, clock, half, zone, counted }: Written, text: string): string | undefined {
  const date = formatDay(day)
  if (counted) return countedIso(date, counted)
  if (clock === undefined) return zone === undefined && half === undefined ? date : undefined
  const [time, offset] = [timeOf(clock, half), offsetOf(zone)]
  if (time === undefined || offset === undefined) return undefined
  return `${date}${/\dT\d/i.test(text) ? 'T' : ' '}${time}${offset}`
}

// Time of day --------------------------------------------------------------------------------------

const COMPACT = /^(\d\d)(\d\d)(\d\d)$/
const CLOCK =
  /^(\d{1,2}) ?[:时時点點]? ?(?:(\d{1,2}) ?[:分]?)?(?: ?(\d{1,2})(?:[.,](\d+))? ?秒?)?(?: ?([ap])\.?m\.?)?$/i
const AFTERNOON = /^(?:下午|晚上|午後|오후|p\.?m\.?)$/i
const NOON = '中午'

/** `2:05 pm` as 14:05; undefined where it is none, as 24:00 is not of this day. */
function timeOf(clock: string, half: string | undefined): string | undefined {
  const [, hours = '', minutes = '0', seconds, fraction, letter] =
    CLOCK.exec(clock.replace(COMPACT, '$1:$2:$3')) ?? []
  const hour = hourOf(Number(hours), half ?? (letter && `${letter}m`))
  if (hours === '' || hour === undefined || Number(minutes) > 59 || Number(seconds ?? 0) > 60)
    return undefined
  const two = (number: string | number) => String(number).padStart(2, '0')
  const behind =
    seconds === undefined ? '' : `:${two(seconds)}${fraction === undefined ? '' : `.${fraction}`}`
  return `${two(hour)}:${two(minutes)}${behind}`
}

function hourOf(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour < 24 ? hour : undefined
  if (hour > 12) return hour < 24 ? hour : undefined
  if (half === NOON) return hour >= 11 ? hour : hour + 12
  const late = AFTERNOON.test(half)
  // 晚上12点 is midnight, of which nobody knows whether it begins or ends the day.
  if (half === '晚上' && hour === 12) return undefined
  return late ? (hour % 12) + 12 : hour % 12
}

/** Names of zones but UTC mean different offsets to different people. */
function offsetOf(zone: string | undefined): string | undefined {
  if (zone === undefined) return ''
  const text = zone.trim().replace(/ ?\([^()]*\)$/, '')
  if (/^(?:utc|gmt|z)$/i.test(text)) return 'Z'
  const [, sign, hours = '', minutes = '00'] = /^(?:utc|gmt)?([+-])(\d{1,2}):?(\d\d)?$/i.exec(text) ?? []
  return sign === undefined || Number(hours) > 14 ? undefined : `${sign}${hours.padStart(2, '0')}:${minutes}`
}

const SECONDS = 86_400

function countedIso(
  date: string,
  { perDay, units, fraction }: NonNullable<Written['counted']>,
): string | undefined {
  if (perDay === 1) {
    if (Number(`0.${fraction}`) === 0) return date
    const seconds = Math.round(Number(`0.${fraction}`) * SECONDS)
    return seconds >= SECONDS ? undefined : `${date} ${clockOf(seconds)}`
  }
  const perSecond = perDay / SECONDS
  const whole = Math.floor(units / perSecond)
  const rest = (
    String(units - whole * perSecond).padStart(String(perSecond).length - 1, '0') + fraction
  ).replace(/0+$/, '')
  return `${date}T${clockOf(whole)}${perSecond === 1 ? (fraction === '' ? '' : `.${fraction}`) : rest === '' ? '' : `.${rest}`}Z`
}

const clockOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 19)

/** Does the order of its parts stand for certain, and say all its values the same? */
export function agreesOnOrder({ order, contradiction, ambiguous }: DateStyle): boolean {
  return order !== undefined && contradiction === undefined && ambiguous === undefined
}

/** Are days written as numbers, which only a header can tell from other numbers? */
export const looksLikeNumbers = ({ forms }: DateStyle): boolean =>
  forms.some((form) => form !== 'iso' && (isCounted(form) || form === 'compact'))
