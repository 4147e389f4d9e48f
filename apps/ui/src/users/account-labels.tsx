// Labels for a user: status, managed or external, and protection.
import type { AccountView } from '@rollcall/api'
import Lozenge from '@atlaskit/lozenge'
import { Inline, Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import layout from '../parts/layout.module.css'

const text = messages.users
type Account = { readonly account: AccountView }

export function AccountStatusLabel({ account: { accountStatus, membershipStatus } }: Account) {
  if (accountStatus === 'inactive') return <Lozenge appearance="danger">{text.deactivated}</Lozenge>
  if (accountStatus === 'closed') return <Lozenge appearance="neutral">{text.closed}</Lozenge>
  if (membershipStatus === 'suspended') return <Lozenge appearance="warning">{text.suspended}</Lozenge>
  if (accountStatus === 'active' && membershipStatus === 'active')
    return <Lozenge appearance="success">{text.active}</Lozenge>
  const isNotMember = accountStatus === 'active' && membershipStatus === 'no_membership'
  return <Lozenge appearance="neutral">{isNotMember ? text.notMember : text.statusUnknown}</Lozenge>
}

export function AccountTypeLabel({ account: { managed, synced } }: Account) {
  return (
    <Inline space="space.050" shouldWrap>
      <Lozenge appearance="neutral">{managed ? text.managed : text.external}</Lozenge>
      {synced && <Lozenge appearance="information">{text.managedByProvider}</Lozenge>}
    </Inline>
  )
}

export function ProtectionLabel({ account }: Account) {
  if (account.protected === null)
    return (
      <span className={layout['short']}>
        <Text color="color.text.subtle">{text.notProtected}</Text>
      </span>
    )
  return (
    <span className={layout['wrap']}>
      <Lozenge appearance="discovery">{text.protected}</Lozenge>
      <br />
      <Text size="small" color="color.text.subtle">
        <bdi>{account.protected.by}</bdi>
      </Text>
    </span>
  )
}
