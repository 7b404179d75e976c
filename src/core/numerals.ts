/** Whole numbers as people read them. Intl would say the same, but takes 20 ms to load. */

/** The digits of a whole number with commas: `-1234567` is `-1,234,567`. */
export function grouped(digits: string): string {
  const first = digits.startsWith('-') ? 1 : 0
  let [text, end] = ['', digits.length]
  for (; end - 3 > first; end -= 3) text = `,${digits.slice(end - 3, end)}${text}`
  return digits.slice(0, end) + text
}

/** A whole number with commas: 1234567 is `1,234,567`. */
export const wholeText = (value: number): string => grouped(String(value))

/** So many of a thing: `1 row`, `1,200 rows`. */
export const counted = (value: number, thing: string): string =>
  `${wholeText(value)} ${thing}${value === 1 ? '' : 's'}`

/** A share as people read it, to a tenth of a per cent. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
