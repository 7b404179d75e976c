/** What a run is asked for. */
import type { OptionValues } from '../../core/options.ts'
import type spec from './index.ts'

export type DedupeOptions = OptionValues<(typeof spec)['options']>
