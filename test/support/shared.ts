/** Real data with known answers lives beside the project; tests that need it are skipped where it is missing. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const sharedData = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
export const noSharedData = !existsSync(sharedData)
export const needsShared = '(needs ../shared/data beside the project)'
