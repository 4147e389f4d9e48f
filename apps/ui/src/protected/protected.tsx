// Protected accounts: the entries that admins added, the always protected ones, and exempt users.
import type { ScreenProps } from '../shell/route'
import { Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import layout from '../parts/layout.module.css'
import { ScreenHeader } from '../parts/screen-header'
import { AddProtection } from './add-protection'
import { AlwaysProtected } from './always-protected'
import { ConfirmedPeople } from './confirmed-people'
import { Entries } from './entries'
import { ExemptUsers } from './exempt-users'

export default function Protected(_: ScreenProps) {
  return (
    <>
      <ScreenHeader
        title={messages.navigation.screens.protected}
        below={<Text color="color.text.subtle">{messages.protections.intro}</Text>}
      />
      <div className={layout['cards']}>
        <Entries />
        <AddProtection />
        <ExemptUsers />
        <ConfirmedPeople />
        <AlwaysProtected />
      </div>
    </>
  )
}
