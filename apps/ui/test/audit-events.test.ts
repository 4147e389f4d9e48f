// Every event that core logs has a label on the audit log screen, and is a choice of its filter.

import { auditEvents } from '@rollcall/core'
import { expect, it } from 'vitest'
import { auditLog } from '../src/messages/audit-log'

it('core logs 43 kinds of events', () => expect(new Set(auditEvents).size).toBe(43))

it('the labels are exactly those of the events', () => {
  expect(Object.keys(auditLog.events).toSorted()).toEqual([...auditEvents].toSorted())
})

it.each(Object.values(auditLog.events))('the label "%s" is in sentence case and unique', (label) => {
  expect(label).toMatch(/^[A-Z]/)
  expect(Object.values(auditLog.events).filter((other) => other === label)).toEqual([label])
})
