/** Compares by all columns, or where these lead nowhere, by those that say who somebody is and where. */
import { CustError } from '../../core/errors.ts'
import { type Chosen, personalFields } from './choose.ts'
import type { Field } from './fields.ts'
import type { Matched } from './match.ts'

export interface Compared {
  readonly matched: Matched
  readonly chosen: Chosen
}

/** Many columns that tell what somebody does are alike among many: then these would be the groups. */
export async function byWhatTells(
  chosen: Chosen,
  compare: (fields: readonly Field[]) => Promise<Matched>,
): Promise<Compared> {
  try {
    return { matched: await compare(chosen.fields), chosen }
  } catch (error) {
    const personal = isRefusal(error) ? personalFields(chosen) : undefined
    if (!personal) throw error
    const matched = await compare(personal.fields).catch((again: unknown) => {
      // What was wrong at first is what the reader has to know.
      throw isRefusal(again) ? error : again
    })
    return { matched, chosen: personal }
  }
}

const isRefusal = (error: unknown): boolean => error instanceof CustError && error.kind === 'model'
