// Decides by name and address whether an account most likely belongs to a machine. Words end where Unicode says so, and
// where a capital or a digit begins within a word: `svcJira`, `JiraBot`, `build_bot2`.

import type { Account } from './account.js'
import {
  ambiguousWords,
  machineBeginnings,
  machineContext,
  machineDomains,
  machineEndings,
  machineWords,
} from './machine-words.js'

const normal = (text: string): string => text.normalize('NFKC')

/** The words of a text, as written. */
const wordsOf = (text: string): readonly string[] =>
  normal(text)
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .match(/[\p{L}\p{M}]+|\p{N}+/gu) ?? []

const isCompound = (word: string): boolean =>
  machineBeginnings.some((start) => word.startsWith(start)) ||
  machineEndings.some((end) => word.endsWith(end)) ||
  // Not Talbot, Cabot or Abbot.
  (word.endsWith('bot') && machineContext.has(word.slice(0, -'bot'.length)))

const isMachineWord = (word: string): boolean => machineWords.has(word) || isCompound(word)

/** `no-reply`, `do_not_reply`, `Do Not Reply`. */
const refusesReplies = (words: readonly string[]): boolean => /(^| )(no|not) reply( |$)/.test(words.join(' '))

/** True if a word that may be a person's name is written like one, among words that may be names as well. */
function isNameOfPerson(word: string, at: number, written: readonly string[]): boolean {
  const others = written.filter((_, index) => index !== at).map((one) => one.toLowerCase())
  if (others.length === 0) return false
  if (others.some((one) => /^\p{N}/u.test(one) || machineContext.has(one) || ambiguousWords.has(one))) return false
  const isShout = word === word.toUpperCase() && written.some((one) => one !== one.toUpperCase())
  if (isShout) return false
  // Bot and Jenkins are surnames, Ci is also a given name.
  return word.toLowerCase() === 'ci' || at === written.length - 1
}

/** One part between spaces that joins an ambiguous word to others: `acme-bot`, `JiraBot`; not the name Smith-Bot. */
const isJoined = (name: string): boolean =>
  normal(name)
    .split(/\s+/)
    .some((part) => {
      const written = wordsOf(part)
      if (written.length < 2 || !written.some((one) => ambiguousWords.has(one.toLowerCase()))) return false
      return !part.includes('.') && !/^\p{Lu}[\p{Ll}\p{M}]*(-\p{Lu}[\p{Ll}\p{M}]*)+$/u.test(part)
    })

/** True for the name of a machine. */
function isMachineName(name: string): boolean {
  const written = wordsOf(name)
  const lower = written.map((one) => one.toLowerCase())
  if (lower.some(isMachineWord) || refusesReplies(lower) || isJoined(name)) return true
  return written.some((word, at) => ambiguousWords.has(word.toLowerCase()) && !isNameOfPerson(word, at, written))
}

/** True if an address is made of a person's name: `jan.bot`, `j.bot` for Jan Bot. */
function isMadeOf(local: readonly string[], name: string): boolean {
  const names = wordsOf(name).map((one) => one.toLowerCase())
  const isOfName = (word: string) => names.some((one) => one === word || (word.length === 1 && one.startsWith(word)))
  return names.length > 1 && local.every((word) => isOfName(word) || /^\p{N}/u.test(word))
}

function isMachineAddress(email: string, name: string): boolean {
  const at = email.lastIndexOf('@')
  const [localPart, domain] = at < 0 ? [email, ''] : [email.slice(0, at), email.slice(at + 1).toLowerCase()]
  if (machineDomains.some((one) => domain === one || domain.endsWith(`.${one}`))) return true
  if (domain.split('.').some((label) => label === 'noreply' || label === 'no-reply')) return true
  const local = wordsOf(localPart).map((one) => one.toLowerCase())
  if (local.some(isMachineWord) || refusesReplies(local)) return true
  return local.some((word) => ambiguousWords.has(word)) && !isMadeOf(local, name)
}

/** True if an account most likely belongs to a machine, by its name and address or by an earlier one that vanished. */
export const isLikelyMachine = ({
  name,
  email,
  machineBefore,
}: Pick<Account, 'name' | 'email' | 'machineBefore'>): boolean =>
  machineBefore === true || isMachineName(name) || isMachineAddress(email, name)
