// The filter of the audit log. It is part of the address, so that a link or the back button shows the same entries. The
// fields keep a copy while an admin types, since the address changes a moment later.
import { useEffect, useRef, useState } from 'react'
import { replace } from '../shell/route'
import { asAddress, auditFilterIn, type AuditFilter, type AuditKey } from './filter'

export function useAuditFilter(query: Readonly<Record<string, string>>) {
  const fromAddress = JSON.stringify(auditFilterIn(query))
  const [filter, setFilter] = useState(() => auditFilterIn(query))
  const [latest, lastAddress] = [useRef(filter), useRef(fromAddress)]
  function update(next: AuditFilter) {
    latest.current = next
    setFilter(next)
  }
  useEffect(() => {
    if (lastAddress.current === fromAddress) return
    lastAddress.current = fromAddress
    update(JSON.parse(fromAddress) as AuditFilter)
  }, [fromAddress])
  function set(key: AuditKey, value: string) {
    update({ ...latest.current, [key]: value === '' ? undefined : value })
    lastAddress.current = JSON.stringify(auditFilterIn(asAddress(latest.current) as Readonly<Record<string, string>>))
    replace('audit', undefined, asAddress(latest.current))
  }
  return { filter, set }
}
