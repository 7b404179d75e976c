/** A thousand messy files: each comes back byte for byte, is clean once it is clean, and hides no change. */
import { describe, expect, test } from 'vitest'
import { CustError } from '../../src/core/errors.ts'
import { holds } from '../support/clean.ts'
import { messyFile } from '../support/messy.ts'

const PARTS = 20
const FILES = 1000

describe('a thousand messy files', () => {
  let refused = 0
  test.each(Array.from({ length: PARTS }, (_, part) => part))('part %i', async (part) => {
    for (let seed = part; seed < FILES; seed += PARTS) {
      const { bytes, told } = messyFile(seed)
      const wrong = await holds(bytes, 'messy.csv').catch((error) => {
        // A few stray bytes make a short file look like a binary one.
        if (!(error instanceof CustError && /is a binary file/.test(error.message))) throw error
        refused++
        return []
      })
      expect(wrong, told).toEqual([])
    }
  })

  test('of which hardly any is refused', () => {
    expect(refused).toBeLessThan(FILES / 50)
  })
})
