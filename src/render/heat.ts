/** The colours of a heat map: white for nothing, a deep blue for the most, a deep orange for the most below zero; light letters on dark ground. */

export type Rgb = readonly [red: number, green: number, blue: number]

const NOTHING: Rgb = [255, 255, 255]
const MOST: Rgb = [8, 81, 156]
/** Told from blue by the colour-blind, too. */
const MOST_BELOW: Rgb = [166, 54, 3]

/** From -1 to 1. */
export function groundColor(heat: number): Rgb {
  const end = heat < 0 ? MOST_BELOW : MOST
  const mix = (i: 0 | 1 | 2) => Math.round(NOTHING[i] + (end[i] - NOTHING[i]) * Math.abs(heat))
  return [mix(0), mix(1), mix(2)]
}

export function letterColor(heat: number): Rgb {
  return Math.abs(heat) > 0.5 ? [255, 255, 255] : [17, 17, 17]
}
