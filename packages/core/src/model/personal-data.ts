// Personal data: the log keeps names, emails and texts that name people outside the chain. The chain holds a salted
// digest of them: after they are erased, the chain still verifies, and the digest reveals nothing.

import { canonicalJson } from './canonical-json.js'
import type { System } from './system.js'

export type PersonalData = Readonly<Record<string, unknown>>

/** The personal data of an entry, until it is erased. */
export interface Personal {
  readonly salt: string
  readonly data: PersonalData
}

/** A fact that holds the digest of its personal data. */
interface Binding {
  readonly personal?: string
}

const digestOf = ({ salt, data }: Personal, system: Pick<System, 'digest'>): Promise<string> =>
  system.digest(salt + canonicalJson(data))

/** Binds personal data to a fact, under a salt that is stored with the data only. */
export async function bind<Fact extends Binding>(
  fact: Fact,
  data: PersonalData,
  salt: string,
  system: Pick<System, 'digest'>,
): Promise<{ readonly fact: Fact; readonly personal: Personal }> {
  const personal = { salt, data }
  return { fact: { ...fact, personal: await digestOf(personal, system) }, personal }
}

/** True if a fact holds the digest of this personal data, or if the data is erased. */
export const isBound = async (
  fact: Binding,
  personal: Personal | undefined,
  system: Pick<System, 'digest'>,
): Promise<boolean> => personal === undefined || fact.personal === (await digestOf(personal, system))
