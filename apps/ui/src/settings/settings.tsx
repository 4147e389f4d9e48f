// Settings: the organization and its keys, the stop switch, limits within their bounds, and the non-working days.
import { messages } from '../messages'
import { useOverview } from '../overview/use-overview'
import { useSync } from '../overview/use-sync'
import layout from '../parts/layout.module.css'
import { ScreenHeader } from '../parts/screen-header'
import { Connection } from './connection'
import { Keys } from './keys'
import { Limits } from './limits'
import { OrganizationCard } from './organization'
import { NonWorkingDays } from './non-working-days'
import { StopSwitch } from './stop-switch'
import { useConnection } from './use-connection'

export default function Settings() {
  const { data: overview } = useOverview()
  const connection = useConnection()
  const sync = useSync()
  if (overview === undefined) return null
  return (
    <>
      <ScreenHeader title={messages.navigation.screens.settings} />
      <div className={layout['cards']}>
        {connection.data !== undefined && <Connection connection={connection.data} overview={overview} sync={sync} />}
        <OrganizationCard overview={overview} />
        <Keys />
        <StopSwitch stopped={overview.stopped} />
        <Limits />
        <NonWorkingDays />
      </div>
    </>
  )
}
