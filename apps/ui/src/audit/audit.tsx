// The audit log: filters, the audit trail of one run, export and verification.
import { Text } from '@atlaskit/primitives/compiled'
import { messages } from '../messages'
import layout from '../parts/layout.module.css'
import { ScreenHeader } from '../parts/screen-header'
import type { ScreenProps } from '../shell/route'
import { AuditActions } from './audit-actions'
import { AuditEntries } from './audit-entries'
import { AuditFilters } from './audit-filters'
import { useAuditFilter } from './use-audit-filter'

export default function Audit({ query }: ScreenProps) {
  const { filter, set } = useAuditFilter(query)
  return (
    <>
      <ScreenHeader
        title={messages.navigation.screens.audit}
        below={<Text color="color.text.subtle">{messages.audit.proof}</Text>}
      />
      <div className={layout['cards']}>
        <AuditActions />
        <AuditFilters filter={filter} onChange={set} />
        <AuditEntries filter={filter} />
      </div>
    </>
  )
}
