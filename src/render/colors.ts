import { Chalk } from 'chalk'
import { groundColor, letterColor } from './heat.ts'
import type { Style } from './style.ts'

/** How the parts of a terminal table are painted; all of it does nothing at level 0. */
export interface Paint {
  head(text: string): string
  note(text: string): string
  heat(text: string, heat: number): string
}

// The level is given, never read from the environment: the same arguments, the same bytes.
export function paintOf(level: Style['color']): Paint {
  const chalk = new Chalk({ level })
  return {
    head: (text) => chalk.bold(text),
    note: (text) => chalk.dim(text),
    heat: (text, heat) => chalk.bgRgb(...groundColor(heat)).rgb(...letterColor(heat))(text),
  }
}
