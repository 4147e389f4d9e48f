// Protected accounts: the entries that people made, those that hold by themselves, and whom a person gave access back to.
import type { ScreenProps } from '../shell/screens'
import { Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import layout from '../parts/layout.module.css'
import { ScreenHeader } from '../parts/screen-header'
import { AddProtection } from './add-protection'
import { Automatic } from './automatic'
import { Entries } from './entries'
import { LeftAlone } from './left-alone'

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
        <LeftAlone />
        <Automatic />
      </div>
    </>
  )
}
