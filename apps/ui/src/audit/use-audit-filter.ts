// The filter of the audit log lives in the address, so that a link or the way back shows the same entries. The fields hold
// it as well while it is typed, since an address follows a moment later.
import { useEffect, useRef, useState } from 'react'
import { replace } from '../shell/route'
import { asAddress, auditFilterIn, type AuditFilter, type AuditKey } from './filter'

export function useAuditFilter(query: Readonly<Record<string, string>>) {
  const asked = JSON.stringify(auditFilterIn(query))
  const [filter, setFilter] = useState(() => auditFilterIn(query))
  const [newest, told] = [useRef(filter), useRef(asked)]
  function take(next: AuditFilter) {
    newest.current = next
    setFilter(next)
  }
  useEffect(() => {
    if (told.current === asked) return
    told.current = asked
    take(JSON.parse(asked) as AuditFilter)
  }, [asked])
  function set(key: AuditKey, value: string) {
    take({ ...newest.current, [key]: value === '' ? undefined : value })
    told.current = JSON.stringify(auditFilterIn(asAddress(newest.current) as Readonly<Record<string, string>>))
    replace('audit', undefined, asAddress(newest.current))
  }
  return { filter, set }
}
