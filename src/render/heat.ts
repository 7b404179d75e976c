/** The colours of a heat map: white for cold, a deep blue for the warmest; light letters on dark ground. */

export type Rgb = readonly [red: number, green: number, blue: number]

const COLD: Rgb = [255, 255, 255]
const WARM: Rgb = [8, 81, 156]

export function groundColor(heat: number): Rgb {
  const mix = (i: 0 | 1 | 2) => Math.round(COLD[i] + (WARM[i] - COLD[i]) * heat)
  return [mix(0), mix(1), mix(2)]
}

export function letterColor(heat: number): Rgb {
  return heat > 0.5 ? [255, 255, 255] : [17, 17, 17]
}
