// Every action under its name in policies. To add one, write its file and a line here.

export { revokeProductAccess as 'revoke-product-access' } from './revoke-product-access.js'
export { grantProductAccess as 'grant-product-access' } from './grant-product-access.js'
export { suspendAccess as 'suspend-access' } from './suspend-access.js'
export { restoreAccess as 'restore-access' } from './restore-access.js'
export { deactivateAccount as 'deactivate-account' } from './deactivate-account.js'
export { activateAccount as 'activate-account' } from './activate-account.js'
export { removeFromGroup as 'remove-from-group' } from './remove-from-group.js'
export { addToGroup as 'add-to-group' } from './add-to-group.js'
