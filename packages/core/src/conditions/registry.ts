// Every condition under its name in policies. To add one, write its file and a line here.

export { inactiveFor as 'inactive-for' } from './inactive-for.js'
export { neverActive as 'never-active' } from './never-active.js'
export { lastActiveBefore as 'last-active-before' } from './last-active-before.js'
export { inGroup as 'in-group' } from './in-group.js'
export { emailDomain as 'email-domain' } from './email-domain.js'
export { emailMatches as 'email-matches' } from './email-matches.js'
export { managed } from './managed.js'
export { status } from './status.js'
export { hasProduct as 'has-product' } from './has-product.js'
export { addedBefore as 'added-before' } from './added-before.js'
