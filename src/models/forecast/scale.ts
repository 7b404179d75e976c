/** The scale that a method works on: growth and seasons of sales multiply, and logarithms make that a sum. */

export const scales = {
  log: { to: Math.log, from: Math.exp },
  log1p: { to: Math.log1p, from: Math.expm1 },
  plain: { to: (value: number) => value, from: (value: number) => value },
} as const

export type ScaleName = keyof typeof scales

/** The scales that are worth a try: with zeros neither is always the better one. */
export function scalesFor(values: Float64Array): readonly ScaleName[] {
  if (values.some((value) => value < 0)) return ['plain']
  return values.some((value) => value === 0) ? ['log1p', 'plain'] : ['log']
}
