// Email patterns that people type: which ones could never match an address.

/** Says what is wrong with an email pattern; undefined for one that addresses can match. */
export function patternProblem(pattern: string): string | undefined {
  const parts = pattern.split('@')
  const [before = '', after] = parts
  // A * may stand for the @ as well: "new-*" matches every address that begins with "new-".
  const whole = after === undefined ? pattern.includes('*') : before !== '' && after !== '' && parts.length === 2
  if (whole) return undefined
  const bare = pattern.replaceAll('@', '')
  const right = pattern.includes('.') || pattern.startsWith('@') ? `*@${bare}` : `${bare.replace(/\*+$/, '')}*@*`
  return `"${pattern}" matches 0 accounts: an email pattern needs an @ with a name or * before it, such as ${right}.`
}
