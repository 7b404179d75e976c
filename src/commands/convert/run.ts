import type { Run } from '../../core/command.ts'
import type spec from './index.ts'

export const run: Run<typeof spec> = async (input) => ({ sheets: { rows: { table: await input.rows() } } })
