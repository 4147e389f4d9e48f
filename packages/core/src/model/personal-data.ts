// Personal data: names, e-mails and texts that name people stand beside the chain, not in it. The chain holds a salted
// digest of them; erase them, and the chain still verifies, while the digest tells nothing any more.

import { canonicalJson } from './canonical-json.js'
import type { System } from './system.js'

export type PersonalData = Readonly<Record<string, unknown>>

/** What stands beside an entry until it is erased. */
export interface Personal {
  readonly salt: string
  readonly data: PersonalData
}

/** What personal data is bound to: a fact that holds their digest. */
interface Binding {
  readonly personal?: string
}

const digestOf = ({ salt, data }: Personal, system: Pick<System, 'digest'>): Promise<string> =>
  system.digest(salt + canonicalJson(data))

/** Binds personal data to a fact, under a salt that nobody knows who has not got the data. */
export async function bind<Fact extends Binding>(
  fact: Fact,
  data: PersonalData,
  salt: string,
  system: Pick<System, 'digest'>,
): Promise<{ readonly fact: Fact; readonly personal: Personal }> {
  const personal = { salt, data }
  return { fact: { ...fact, personal: await digestOf(personal, system) }, personal }
}

/** Says whether personal data is what the fact was bound to; what was erased is. */
export const isBound = async (
  fact: Binding,
  personal: Personal | undefined,
  system: Pick<System, 'digest'>,
): Promise<boolean> => personal === undefined || fact.personal === (await digestOf(personal, system))
